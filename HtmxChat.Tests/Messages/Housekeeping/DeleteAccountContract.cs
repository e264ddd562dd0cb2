using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Housekeeping;

/// <summary>Deleting an account, on both databases.</summary>
public abstract class DeleteAccountContract(SharedSite shared)
{
    const string Canary = "The canary sings at dawn.";

    // More than are removed at a time, and in two rooms.
    const int Many = 70;

    static int people;

    public static TheoryData<Carrier> Carriers => new(Enum.GetValues<Carrier>());

    [Fact]
    public async Task What_was_written_stays_by_a_former_member_and_everything_else_of_the_person_goes()
    {
        var dora = await NewPersonAsync("Stay");
        var room = await shared.NewRoomAsync();
        await dora.Browser.SayAsync(room, Canary);
        await dora.Browser.SubmitAsync("/account", ("Bio", "Secret line"), ("TimeZone", "Asia/Tokyo"), ("Language", "ja"), ("Handle", $"{dora.Handle}.x"));
        await dora.Browser.SubmitAsync($"/rooms/{room}/about", ("Involvement", "Everything"), ("IsFavourite", "true"));
        await WriteAsync("insert into pictures (person_id, content) values (@id, @content)", dora.Id, ("@content", new byte[] { 1 }));
        await WriteAsync("insert into asp_net_user_tokens (user_id, login_provider, name, value) values (@id, 'a', 'b', 'c')", dora.Id);
        await WriteAsync("insert into asp_net_user_claims (user_id, claim_type, claim_value) values (@id, 'a', 'b')", dora.Id);
        await WriteAsync("insert into asp_net_user_logins (login_provider, provider_key, user_id) values ('a', @key, @id)", dora.Id, ("@key", dora.Handle));
        await WriteAsync("update people set email = @mail, normalized_email = @mail, phone_number = '1', two_factor_enabled = @yes where id = @id", dora.Id, ("@mail", $"{dora.Handle}@b.example"), ("@yes", true));

        var answer = await DeleteAsync(dora.Browser, Writings.Stay);

        Assert.Equal((HttpStatusCode.SeeOther, "/goodbye"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.OK, (await dora.Browser.GetAsync("/goodbye")).Status);
        var page = await shared.Bob.GetAsync($"/rooms/{room}");
        Assert.Equal("Former member", page.TextOf(".by b"));
        Assert.Equal([Canary], page.Messages);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync($"/people/{dora.Id}")).Status);
        foreach (var table in new[] { "sessions", "memberships", "pictures" }) Assert.Equal(0, await CountAsync($"select count(*) from {table} where person_id = {dora.Id}"));
        foreach (var table in new[] { "tokens", "claims", "logins" }) Assert.Equal(0, await CountAsync($"select count(*) from asp_net_user_{table} where user_id = {dora.Id}"));
        Assert.Equal(1, await CountAsync(
            $"""
            select count(*) from people where id = {dora.Id} and standing = 4 and role = 1 and password_hash is null and email is null and normalized_email is null
            and phone_number is null and bio = '' and time_zone = '' and language = '' and picture is null and user_name = '{dora.Handle}.x' and display_name = 'Former member'
            """));
    }

    [Fact]
    public async Task Nobody_else_is_ever_given_the_handle()
    {
        var dora = await NewPersonAsync("Handle");
        await dora.Browser.SubmitAsync("/account", ("Handle", $"{dora.Handle}.x"));
        await DeleteAsync(dora.Browser, Writings.Go);

        var other = await NewPersonAsync("Other");
        foreach (var handle in new[] { dora.Handle, $"{dora.Handle}.x" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.Browser.SubmitAsync("/account", ("Handle", handle))).Status);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Site.NewBrowser().SubmitAsync(await shared.Ann.InviteAsync(), ("Name", handle), ("Password", ChatSite.Password))).Status);
        }
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", $"{dora.Handle}.x"), ("Password", ChatSite.Password))).Status);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task The_persons_connections_are_cut_off_within_2_seconds_and_the_next_request_is_refused(Carrier carrier)
    {
        var dora = await NewPersonAsync("Live");
        using var elsewhere = await shared.Site.SignInAsync(dora.Name);
        await using var listening = await elsewhere.ListenAsync(new RoomId(1), carrier, await elsewhere.PositionAsync(new RoomId(1)));

        await DeleteAsync(dora.Browser, Writings.Stay);

        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);
        foreach (var browser in new[] { dora.Browser, elsewhere }) Assert.Contains("/sign-in", (await browser.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
        await using var again = await elsewhere.ListenAsync(new RoomId(1), carrier);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
    }

    [Fact]
    public async Task What_was_written_goes_from_every_room_every_open_page_and_the_database()
    {
        var dora = await NewPersonAsync("Go");
        var (one, two) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await dora.Browser.SayAsync(one, Enumerable.Range(1, Many).Select(i => $"{Canary} {i}"));
        await shared.Bob.SayAsync(one, "Bob stays.");
        await dora.Browser.SayAsync(two, Canary);
        var position = await shared.Bob.PositionAsync(one);
        await using var socket = await shared.Bob.ListenAsync(one, Carrier.WebSocket, position);
        await using var stream = await shared.Bob.ListenAsync(one, Carrier.Html);
        await using var other = await shared.Bob.ListenAsync(two, Carrier.ServerSentEvents, await shared.Bob.PositionAsync(two));

        await DeleteAsync(dora.Browser, Writings.Go);

        for (var i = 1; i <= Many; i++) await socket.HearAsync($"""hx-target="#m-{i}" """.Trim());
        await stream.HearAsync($"superseded.css?id=m-{Many}&amp;");
        await other.HearAsync("This message was deleted.");
        Assert.DoesNotContain(Canary, socket.Heard, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync($"select count(*) from messages where text like '%{Canary}%' and author_id = {dora.Id}"));
        Assert.Equal(Many * 2 + 1, await CountAsync($"select last_seq from rooms where id = {one}"));
        Assert.Equal(Many * 2 + 1, await CountAsync($"select count(*) from events where room_id = {one}"));
        var page = await shared.Bob.GetAsync($"/rooms/{one}");
        Assert.Equal("Bob stays.", page.Messages.Last());
        Assert.DoesNotContain(Canary, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dora", page.Only("#messages").TextContent, StringComparison.Ordinal);

        // Also for a page that comes back from before it was written.
        await using var late = await shared.Bob.ListenAsync(one, Carrier.ServerSentEvents, $"{position.Split('.')[0]}.0");
        await late.HearAsync("Bob stays.");
        Assert.DoesNotContain(Canary, late.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_pressed_goes_with_what_was_written(bool isBanned)
    {
        var (dora, room) = (await NewPersonAsync("Press"), await shared.NewRoomAsync());
        await shared.Bob.SubmitAsync(await shared.Bob.GetAsync($"/rooms/{room}/poll"), $"/rooms/{room}/poll", ("text", "Where?"), ("choice", "Here"), ("choice", "There"));
        await shared.Bob.SayAsync(room, "React to this.", $"Not about {dora.Id}.");
        foreach (var browser in new[] { dora.Browser, shared.Bob })
        {
            await browser.SubmitAsync($"/rooms/{room}/messages/1/poll", ("choice", "0"));
            await browser.SubmitAsync($"/rooms/{room}/messages/2/react?emoji=👍");
        }
        await dora.Browser.SubmitAsync($"/rooms/{room}/messages/2/react?emoji=🎉");
        await shared.Bob.SubmitAsync(await shared.Bob.GetAsync($"/rooms/{room}/messages/1/poll"), $"/rooms/{room}/messages/1/poll?handler=Close");
        var position = await shared.Bob.PositionAsync(room);
        await using var socket = await shared.Bob.ListenAsync(room, Carrier.WebSocket, position);

        if (isBanned) await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/admin/people/{dora.Id}"), $"/admin/people/{dora.Id}", ("Deed", "Ban"), ("RemovesWritings", "true"));
        else await DeleteAsync(dora.Browser, Writings.Go);

        await socket.HearAsync("""data-by="2" aria-label=""");
        await socket.HearAsync("""data-by="2"><span dir="auto">Here</span> <b>1</b>""");
        await using var late = await shared.Bob.ListenAsync(room, Carrier.ServerSentEvents, position);
        await late.HearAsync("""data-by="2"><span dir="auto">Here</span> <b>1</b>""");
        var page = await shared.Bob.GetAsync($"/rooms/{room}");
        Assert.Equal(["👍 1: Bob"], page.Page.QuerySelectorAll(".reaction").Select(r => r.GetAttribute("aria-label")));
        Assert.DoesNotContain(dora.Name, (await shared.Bob.GetAsync($"/rooms/{room}/messages/2/reactions")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync($"select count(*) from messages where room_id = {room} and (reactions like '% {dora.Id}%' or poll like '%,{dora.Id}%' or poll like '%[{dora.Id}%')"));
        Assert.Equal(3, await CountAsync($"select count(*) from messages where room_id = {room} and deleted_at_ms is null"));
    }

    [Fact]
    public async Task A_server_that_was_stopped_in_the_middle_goes_on_with_it()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        await bob.SayAsync(new RoomId(1), Canary);
        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql =>
        {
            LostWritings.Note(sql, new PersonId(2));
            return sql.Execute($"update people set standing = {Standing.Former:D} where id = 2");
        }, Ct);
        Assert.Equal([Canary], (await ann.GetAsync("/rooms/1")).Messages);

        await site.RestartAsync();

        await using var listening = await ann.At(site.Address).ListenAsync(new RoomId(1), Carrier.ServerSentEvents);
        await listening.HearAsync("This message was deleted.");
        Assert.Equal(["This message was deleted."], (await ann.At(site.Address).GetAsync("/rooms/1")).Messages);
    }

    [Fact]
    public async Task Direct_rooms_stay_for_the_others_and_closed_ones_are_handed_over()
    {
        var (dora, emil) = (await NewPersonAsync("Owner"), await NewPersonAsync("Heir"));
        var direct = (await dora.Browser.SubmitAsync("/direct/new", ("With", emil.Id.ToString()))).Location!;
        await dora.Browser.SayAsync(new RoomId(long.Parse(direct.Split('/')[^1])), "Between us.");
        var alone = (await dora.Browser.SubmitAsync("/direct/new", ("With", dora.Id.ToString()))).Location!;
        var closed = (await dora.Browser.SubmitAsync("/rooms/new", ("Name", $"Closed of {dora.Name}"), ("Closed", "true"))).Location!;
        await dora.Browser.SubmitAsync(await dora.Browser.GetAsync($"{closed.Replace("/about", "")}/about"), $"{closed.Replace("/about", "")}/about?handler=Add", ("Person", emil.Id.ToString()));
        Assert.Equal(dora.Name, (await emil.Browser.GetAsync(direct)).TextOf("#room-name"));

        await DeleteAsync(dora.Browser, Writings.Stay);

        var page = await emil.Browser.GetAsync(direct);
        Assert.Equal("Former member", page.TextOf("#room-name"));
        Assert.Equal(["Between us."], page.Messages);
        Assert.Equal(HttpStatusCode.OK, (await emil.Browser.GetAsync($"{closed.Replace("/about", "")}/settings")).Status);
        Assert.Equal(0, await CountAsync($"select count(*) from rooms where id = {alone.Split('/')[^1]} and kind <> {RoomKind.Deleted:D}"));
    }

    [Fact]
    public async Task Whoever_does_not_confirm_it_and_the_last_administrator_keep_their_accounts()
    {
        var dora = await NewPersonAsync("Unsure");

        var wrong = await dora.Browser.SubmitAsync("/account/delete", ("Confirmation", "not the password"), ("Writings", "Go"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "That is not your password."), (wrong.Status, wrong.TextOf("#confirmation-problem")));
        Assert.Equal("Go", wrong.Only("[name=Writings][checked]").GetAttribute("value"));
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var last = await DeleteAsync(ann, Writings.Stay);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, LastAdministrator.Refusal.Words), (last.Status, last.TextOf("[role=alert]")));

        foreach (var browser in new[] { dora.Browser, ann }) Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task Who_has_no_password_types_the_handle()
    {
        var dora = await NewPersonAsync("No Password");
        await WriteAsync("update people set password_hash = null where id = @id", dora.Id);

        var wrong = await dora.Browser.SubmitAsync("/account/delete", ("Confirmation", "somebody"));
        Assert.Equal("That is not your handle. Nothing was done.", wrong.TextOf("#confirmation-problem"));
        Assert.Equal("text", wrong.Only("#Confirmation").GetAttribute("type"));

        Assert.Equal("/goodbye", (await dora.Browser.SubmitAsync(wrong, "/account/delete", ("Confirmation", $"@{dora.Handle.ToUpperInvariant()}"))).Location);
    }

    static Task<Answer> DeleteAsync(Browser browser, Writings writings) =>
        browser.SubmitAsync("/account/delete", ("Writings", writings.ToString()), ("Confirmation", ChatSite.Password));

    async Task<(Browser Browser, string Name, string Handle, long Id)> NewPersonAsync(string why)
    {
        var name = $"Dora {why} {Interlocked.Increment(ref people)}";
        var browser = await shared.Site.JoinAsync(shared.Ann, name);
        return (browser, name, Handle.From(name).Text, long.Parse(await browser.NumberAsync()));
    }

    async Task WriteAsync(string statement, long id, params (string, object?)[] more)
    {
        var changed = await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute(statement, [("@id", id), .. more]), Ct);
        Assert.Equal(1, changed);
    }

    async Task<long> CountAsync(string query) => (await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync(query, row => row.GetInt64(0), Ct)).Single();
}

public sealed class SqliteDeleteAccountTests(SharedSite shared) : DeleteAccountContract(shared);

public sealed class PostgresDeleteAccountTests(PostgresSite shared) : DeleteAccountContract(shared), IClassFixture<PostgresSite>;
