using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages;

public sealed class ChangeMessageTests(SharedSite shared)
{
    readonly ChangeMessage change = shared.Site.Services.GetRequiredService<ChangeMessage>();

    [Fact]
    public async Task An_author_changes_a_message_and_everybody_sees_it()
    {
        var (room, author) = await BobSaysAsync("Frist.");
        await using var listening = await shared.Ann.ListenAsync(room.Id, Carrier.WebSocket, await shared.Ann.PositionAsync(room.Id));

        Assert.IsType<ChangeOutcome.Changed>(await change.EditAsync(room, 1, author, Role.Member, "First.", Ct));

        await listening.HearAsync("""<hx-partial hx-target="#m-1" hx-swap="outerHTML">""");
        Assert.Equal(["First. (edited)"], listening.Messages);
        Assert.Equal(["First. (edited)"], (await shared.Ann.GetAsync($"/rooms/{room.Id}")).Messages);
    }

    [Fact]
    public async Task A_page_without_script_shows_the_new_version_and_hides_the_old_one()
    {
        var (room, author) = await BobSaysAsync("My secret.");
        await using var listening = await shared.Ann.ListenAsync(room.Id, Carrier.Html);
        await listening.HearAsync("My secret.");

        await change.DeleteAsync(room, 1, author, Role.Member, Ct);

        await listening.HearAsync("/live/superseded.css?id=m-1&amp;seq=2");
        await listening.HearAsync("This message was deleted.");
        Assert.Equal(["This message was deleted."], (await shared.Ann.GetAsync($"/rooms/{room.Id}")).Messages);
    }

    [Fact]
    public async Task Nobody_changes_what_another_has_said_but_an_administrator()
    {
        var (room, author) = await BobSaysAsync("Mine.");
        var other = new PersonId(author.Value + 1_000);

        Assert.IsType<ChangeOutcome.NotFound>(await change.EditAsync(room, 1, other, Role.Member, "Yours.", Ct));
        Assert.IsType<ChangeOutcome.NotFound>(await change.DeleteAsync(room, 1, other, Role.Member, Ct));
        Assert.Equal(["Mine."], (await shared.Bob.GetAsync($"/rooms/{room.Id}")).Messages);

        Assert.IsType<ChangeOutcome.Changed>(await change.DeleteAsync(room, 1, other, Role.Administrator, Ct));
    }

    [Fact]
    public async Task What_cannot_be_said_cannot_be_edited_in_and_what_is_deleted_stays_deleted()
    {
        var (room, author) = await BobSaysAsync("Something.");

        Assert.IsType<ChangeOutcome.Refused>(await change.EditAsync(room, 1, author, Role.Member, " ", Ct));
        Assert.Equal(["Something."], (await shared.Bob.GetAsync($"/rooms/{room.Id}")).Messages);

        await change.DeleteAsync(room, 1, author, Role.Member, Ct);
        Assert.IsType<ChangeOutcome.NotFound>(await change.EditAsync(room, 1, author, Role.Member, "Again.", Ct));
        Assert.IsType<ChangeOutcome.NotFound>(await change.DeleteAsync(room, 1, author, Role.Member, Ct));
    }

    [Fact]
    public async Task Posting_again_what_was_edited_since_is_acknowledged_and_changes_nothing()
    {
        var room = await shared.NewRoomAsync();
        var form = await shared.Bob.GetAsync($"/rooms/{room}");
        await shared.Bob.SubmitAsync(form, $"/rooms/{room}", ("text", "Frist."));
        await change.EditAsync(new Room(room, "", ""), 1, Author(form), Role.Member, "First.", Ct);

        var again = await shared.Bob.SubmitByHtmxAsync(form, $"/rooms/{room}", ("text", "Frist."));

        Assert.Contains("\"seq\":1", again.Header("HX-Trigger"), StringComparison.Ordinal);
        Assert.Equal(["First. (edited)"], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    async Task<(Room Room, PersonId Bob)> BobSaysAsync(string text)
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, text);
        return (new Room(room, "Room", ""), Author(await shared.Bob.GetAsync($"/rooms/{room}")));
    }

    static PersonId Author(Answer page) => new(long.Parse(page.Only("#live").GetAttribute("data-viewer")!, System.Globalization.CultureInfo.InvariantCulture));
}
