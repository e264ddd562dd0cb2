using System.Net;
using System.Text.Json;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages;

public sealed class PostMessageTests(SharedSite shared)
{
    [Fact]
    public async Task Through_htmx_a_post_is_acknowledged_in_a_header_and_nothing_is_swapped()
    {
        var (at, form) = await OpenAsync();

        var answer = await shared.Bob.SubmitByHtmxAsync(form, at, ("text", "By htmx."));

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        var acknowledged = Trigger(answer, "chat:ack");
        Assert.Equal((form.Field("key"), 1), (acknowledged.GetProperty("key").GetString(), acknowledged.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task Through_htmx_a_refusal_is_in_a_header_too()
    {
        var (at, form) = await OpenAsync();

        var answer = await shared.Bob.SubmitByHtmxAsync(form, at, ("text", " "));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, ""), (answer.Status, answer.Text));
        var refused = Trigger(answer, "chat:refused");
        Assert.Equal((form.Field("key"), "Write something first."), (refused.GetProperty("key").GetString(), refused.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task Whoever_posts_into_a_room_that_was_deleted_a_moment_ago_is_told_so()
    {
        var (room, ann) = (await shared.NewRoomAsync(), new Viewer(new PersonId(1), "Ann", Role.Administrator));
        var services = shared.Site.Services;
        var access = (await services.GetRequiredService<RoomDirectory>().FindAsync(room, ann, Ct))!;
        await services.GetRequiredService<GroupCommit>().WriteAsync(sql => RoomSql.Delete(sql, "id = @id", ("@id", room.Value)), Ct);

        var outcome = await services.GetRequiredService<PostMessage>().RunAsync(access, Author.Of(ann), new PostForm(ClientKey.New().Text, "Late."), Ct);

        Assert.Equal(PostWords.NoRoom, Assert.IsType<PostOutcome.Refused>(outcome).Why.Words);
    }

    [Fact]
    public async Task A_message_that_the_database_cannot_take_keeps_its_text_and_is_welcome_again()
    {
        var (at, form) = await OpenAsync();
        var writes = shared.Site.Services.GetRequiredService<GroupCommit>();
        await writes.WriteAsync(sql => sql.Execute("create trigger full before insert on messages when new.text = 'Too much.' begin select raise(abort, 'disk full'); end"), Ct);

        var plain = await shared.Bob.SubmitAsync(form, at, ("text", "Too much."));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Too much.", PostWords.NotStored), (plain.Status, plain.Field("text"), plain.TextOf("#problem")));
        var byHtmx = await shared.Bob.SubmitByHtmxAsync(form, at, ("text", "Too much."));
        Assert.Equal(PostWords.NotStored, Trigger(byHtmx, "chat:later").GetProperty("why").GetString());

        Assert.NotNull(plain.Header("Retry-After"));

        await writes.WriteAsync(sql => sql.Execute("drop trigger full"), Ct);
        Assert.Equal(HttpStatusCode.NoContent, (await shared.Bob.SubmitByHtmxAsync(form, at, ("text", "Too much."))).Status);
        Assert.Equal(["Too much."], (await shared.Bob.GetAsync(at)).Messages);
    }

    [Fact]
    public async Task Whoever_posts_too_fast_is_told_when_to_come_back_by_every_way_of_posting()
    {
        await using var site = await ChatSite.StartEmptyAsync(("Limits:Times", "1"), ("Limits:PostBurst", "1"), ("Limits:PostsPerSecond", "1"));
        var ann = await site.SetUpByAnnAsync();
        var form = await ann.GetAsync("/rooms/1");
        await using var live = (SocketReader)await ann.ListenAsync(new RoomId(1), HtmxChat.Web.Live.Carrier.WebSocket, form.Only("#position").GetAttribute("value"));

        var byHtmx = await UntilTooFastAsync(text => ann.SubmitByHtmxAsync(form, "/rooms/1", ("key", ClientKey.New().Text), ("text", text)));
        Assert.True(int.Parse(byHtmx.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.StartsWith("That was a lot at once.", Trigger(byHtmx, "chat:later").GetProperty("why").GetString(), StringComparison.Ordinal);

        var plain = await UntilTooFastAsync(text => ann.SubmitAsync(form, "/rooms/1", ("key", ClientKey.New().Text), ("text", text)));
        Assert.NotNull(plain.Header("Retry-After"));
        Assert.StartsWith("Quick", plain.Field("text"), StringComparison.Ordinal);

        for (var i = 0; i < 5; i++) await live.SayAsync($$"""{"key":"{{ClientKey.New().Text}}","text":"Quick."}""");
        await live.HearAsync("{\"later\":");
    }

    async Task<(string At, Answer Form)> OpenAsync()
    {
        var at = $"/rooms/{await shared.NewRoomAsync()}";
        return (at, await shared.Bob.GetAsync(at));
    }

    // As many posts at once as cannot all be let through, however slow the machine is.
    static async Task<Answer> UntilTooFastAsync(Func<string, Task<Answer>> post)
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => post($"Quick {n}.")));
        return answers.First(a => a.Status == HttpStatusCode.TooManyRequests);
    }

    static JsonElement Trigger(Answer answer, string name) => JsonDocument.Parse(answer.Header("HX-Trigger")!).RootElement.GetProperty(name);
}
