using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Accounts;

public sealed class MySessionsTests(SharedSite shared)
{
    const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    static int people;

    public static TheoryData<Carrier> Carriers => new(Enum.GetValues<Carrier>());

    [Fact]
    public async Task Each_browser_is_listed_with_what_it_is_and_where_from_and_which_one_asks()
    {
        var (dora, name) = await NewPersonAsync();
        using var laptop = await SignInAsync(name, Firefox);

        var page = await laptop.GetAsync("/account/sessions");

        var sessions = page.Page.QuerySelectorAll(".sessions li");
        Assert.Equal(["Firefox on Linux – this one", "An unknown browser"], sessions.Select(s => $"{s.QuerySelector("b")!.TextContent}{s.QuerySelector("b + span")?.TextContent}"));
        Assert.All(sessions, s => Assert.Contains("from 127.0.0.1", s.TextContent, StringComparison.Ordinal));
        Assert.All(sessions, s => Assert.Matches(@"Signed in \d+ \w+ \d{4}, \d\d:\d\d UTC", s.TextContent));
        Assert.DoesNotContain("Firefox", (await shared.Bob.GetAsync("/account/sessions")).TextOf("main"), StringComparison.Ordinal);
        dora.Dispose();
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task One_that_is_ended_is_cut_off_within_2_seconds_and_refused_at_its_next_request_and_no_other(Carrier carrier)
    {
        var (dora, name) = await NewPersonAsync();
        using var laptop = await SignInAsync(name, Firefox);
        var position = await laptop.PositionAsync(new RoomId(1));
        await using var ending = await laptop.ListenAsync(new RoomId(1), carrier, position);
        Assert.Contains(ending.Status, new[] { HttpStatusCode.OK, HttpStatusCode.SwitchingProtocols });
        var id = (await dora.GetAsync("/account/sessions")).Only(".sessions [name=id]").GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.SeeOther, (await EndAsync(shared.Bob, ("id", id))).Status);
        Assert.Equal(HttpStatusCode.OK, (await laptop.GetAsync("/rooms/1")).Status);

        await EndAsync(dora, ("id", id));
        await ending.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);
        if (ending is SocketReader socket) Assert.Equal(4001, socket.CloseCode);
        Assert.Contains("/sign-in", (await laptop.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
        await using var again = await laptop.ListenAsync(new RoomId(1), carrier, position);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        Assert.Equal(HttpStatusCode.OK, (await dora.GetAsync("/rooms/1")).Status);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task All_others_are_ended_at_once_and_the_one_that_asks_stays(Carrier carrier)
    {
        var (dora, name) = await NewPersonAsync();
        using var laptop = await SignInAsync(name, Firefox);
        using var phone = await SignInAsync(name, "w3m/0.5.3");
        var position = await dora.PositionAsync(new RoomId(1));
        await using var stays = await dora.ListenAsync(new RoomId(1), carrier, position);
        await using var first = await laptop.ListenAsync(new RoomId(1), carrier, position);
        await using var second = await phone.ListenAsync(new RoomId(1), carrier, position);

        await dora.SubmitAsync(await dora.GetAsync("/account/sessions"), "/account/sessions?handler=EndOthers");

        await Task.WhenAll(first.HearToTheEndAsync(), second.HearToTheEndAsync()).WaitAsync(TimeSpan.FromSeconds(2), Ct);
        foreach (var ended in new[] { laptop, phone }) Assert.Contains("/sign-in", (await ended.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
        Assert.Equal("You are signed in nowhere else.", (await dora.GetAsync("/account/sessions")).TextOf("main > .hint"));
        await shared.Bob.SayAsync(new RoomId(1), $"Still there, by {carrier}?");
        await stays.HearAsync($"Still there, by {carrier}?");
    }

    [Fact]
    public async Task The_time_of_last_use_is_kept_to_a_minute_and_not_by_a_write_for_each_request()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var began = Zone.Utc.Show(time.GetUtcNow());
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time));
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var idle = await site.SignInAsync("Bob");
        await using var open = await ann.ListenAsync(new RoomId(1), Carrier.ServerSentEvents, await ann.PositionAsync(new RoomId(1)));
        time.Advance(TimeSpan.FromHours(3));
        var atThree = time.GetUtcNow().ToUnixTimeMilliseconds();
        await UsedAsync(site, session: 1, atThree);

        await bob.GetAsync("/rooms/1");
        await bob.GetAsync("/rooms/1");
        Assert.NotEqual(atThree, await LastUsedAsync(site, 2));
        time.Advance(SessionUse.Interval);

        await UsedAsync(site, session: 2, atThree + (long)SessionUse.Interval.TotalMilliseconds);
        Assert.Contains($"Last used {began}", (await bob.GetAsync("/account/sessions")).TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await idle.GetAsync("/account/sessions")).Status);
    }

    static async Task UsedAsync(ChatSite site, long session, long at)
    {
        using var limit = new CancellationTokenSource(Waiting.Longest);
        while (await LastUsedAsync(site, session) != at) limit.Token.ThrowIfCancellationRequested();
    }

    static async Task<long> LastUsedAsync(ChatSite site, long session) =>
        (await site.Services.GetRequiredService<SqlReader>().AllAsync("select last_used_at_ms from sessions where id = @id", row => row.GetInt64(0), Ct, ("@id", session))).Single();

    async Task<(Browser Browser, string Name)> NewPersonAsync()
    {
        var name = $"Dora Session {Interlocked.Increment(ref people)}";
        return (await shared.Site.JoinAsync(shared.Ann, name), name);
    }

    async Task<Browser> SignInAsync(string name, string userAgent)
    {
        var browser = shared.Site.NewBrowser();
        var form = await browser.GetAsync("/sign-in");
        using var content = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("Name", name), KeyValuePair.Create("Password", ChatSite.Password),
            KeyValuePair.Create("__RequestVerificationToken", form.Field("__RequestVerificationToken")!),
        ]);
        Assert.Equal("/", (await browser.SendAsync(HttpMethod.Post, "/sign-in", content, ("User-Agent", userAgent))).Location);
        return browser;
    }

    static async Task<Answer> EndAsync(Browser by, (string, string) id)
    {
        // Bob may have nobody to sign out, and so no form for it on his page; any form's token is good.
        var form = await by.GetAsync("/sign-out");
        return await by.SubmitAsync(form, "/account/sessions?handler=End", id);
    }
}
