using System.Net;

namespace HtmxChat.Tests.Storage;

public sealed class RestartTests
{
    [Fact]
    public async Task After_a_restart_everything_is_there_and_open_pages_still_work()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var ann = await site.SetUpByAnnAsync();
        var room = await ann.NewRoomAsync("Garden", "What grows");
        await ann.SayAsync(room, "Beans.", "Peas.");
        var open = await ann.GetAsync($"/rooms/{room}");

        await site.RestartAsync();
        var back = ann.At(site.Address);

        // The cookie and the form are signed by keys from the database.
        Assert.Equal(HttpStatusCode.SeeOther, (await back.SubmitAsync(open, $"/rooms/{room}", ("text", "Leeks."))).Status);
        var page = await back.GetAsync($"/rooms/{room}");
        Assert.Equal(["Beans.", "Peas.", "Leeks."], page.Messages);
        Assert.Equal(("Garden", "What grows"), (page.TextOf("h1"), page.TextOf(".topic")));
        Assert.Equal(open.Only("#position").GetAttribute("value")!.Split('.')[0], page.Only("#position").GetAttribute("value")!.Split('.')[0]);
    }

    [Fact]
    public async Task The_invite_link_and_the_passwords_survive_a_restart()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var ann = await site.SetUpByAnnAsync();
        var invite = await ann.InviteAsync();

        await site.RestartAsync();

        Assert.Equal(invite, await (await site.SignInAsync("Ann")).InviteAsync());
    }
}
