using System.Net;
using HtmxChat.Web.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Safety;

/// <summary>What is refused for being too often, and what a person sees of it.</summary>
public sealed class LimitsTests
{
    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_form_too_many_comes_back_with_what_was_typed_and_is_taken_later()
    {
        await using var site = await StartAsync(("Limits:FormsPerMinute", "2"));
        var ann = await site.SetUpByAnnAsync();
        await ann.NewRoomAsync("First");
        await ann.NewRoomAsync("Second");

        var answer = await ann.SubmitAsync("/rooms/new", ("Name", "Third"), ("About", "Kept"));

        Assert.Equal((HttpStatusCode.TooManyRequests, "30"), (answer.Status, answer.Header("Retry-After")));
        Assert.Equal(("Third", "Kept"), (answer.Field("Name"), answer.Field("About")));
        Assert.Contains("Please wait 30 seconds", answer.TextOf("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/rooms/new")).Status);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.StartsWith("/rooms/", (await ann.SubmitAsync(answer, "/rooms/new", ("Name", "Third"))).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_at_one_address_are_counted_one_by_one_and_strangers_together()
    {
        await using var site = await StartAsync(("Limits:FormsPerMinute", "1"), ("Limits:SignInsPerMinute", "3"));
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        await ann.NewRoomAsync("Ann's");
        await bob.NewRoomAsync("Bob's");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ann.SubmitAsync("/rooms/new", ("Name", "More"))).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await bob.SubmitAsync("/rooms/new", ("Name", "More"))).Status);

        await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", "wrong guess"));
        await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Bob"), ("Password", "wrong guess"));
        var invite = await ann.InviteAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.NewBrowser().SubmitAsync(invite, ("Name", "Cleo"), ("Password", ChatSite.Password))).Status);
    }

    [Fact]
    public async Task An_address_gets_no_more_tries_by_making_guests_of_whom_it_makes_a_few()
    {
        await using var site = await StartAsync(("Limits:GuestsPerMinute", "2"), ("Limits:SignInsPerMinute", "3"));
        await (await site.SetUpByAnnAsync()).SubmitAsync("/admin/settings", ("Joining", "Open"));
        List<Browser> guests = [site.NewBrowser(), site.NewBrowser()];
        foreach (var (number, guest) in guests.Index()) Assert.Equal("/", (await guest.SubmitAsync("/join", ("Name", $"Guest {number}"))).Location);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.NewBrowser().SubmitAsync("/join", ("Name", "Guest 3"))).Status);

        foreach (var guest in guests) await guest.PostAsync("/sign-in", ("Name", "Ann"), ("Password", "wrong guess"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", "wrong guess"))).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", "wrong guess"))).Status);
    }

    [Fact]
    public async Task The_world_is_counted_by_address_wherever_it_reads_and_those_who_have_joined_are_not()
    {
        await using var site = await StartAsync(("Limits:WorldPerMinute", "4"));
        var ann = await site.SetUpByAnnAsync();
        await ann.SetPublicRoomsAsync();
        await ann.PublishAsync(new(1), Web.Rooms.WorldReads.Everything);
        await ann.SayAsync(new(1), "One.");
        foreach (var path in new[] { "/rooms/1", "/rooms/1/messages/1", "/public", "/sitemap.xml" }) Assert.Equal(HttpStatusCode.OK, (await site.NewBrowser().GetAsync(path)).Status);

        foreach (var path in new[] { "/rooms/1", "/rooms/1/messages/1", "/public", "/sitemap.xml", "/robots.txt" })
        {
            var answer = await site.NewBrowser().GetAsync(path);
            Assert.Equal((HttpStatusCode.TooManyRequests, "15", "noindex"), (answer.Status, answer.Header("Retry-After"), answer.Header("X-Robots-Tag")));
        }
        for (var i = 0; i < 6; i++) Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/rooms/1")).Status);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(HttpStatusCode.OK, (await site.NewBrowser().GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task New_passwords_are_counted_by_address_whoever_is_signed_in_there()
    {
        await using var site = await StartAsync(("Limits:ResetsPerMinute", "2"), ("Mail:Host", "127.0.0.1"), ("Mail:From", "tea@house.example"), ("Mail:SiteAddress", "https://tea.example"));
        var ann = await site.SetUpByAnnAsync();
        await site.NewBrowser().SubmitAsync("/forgot", ("Name", "Ann"));
        await ann.SubmitAsync("/forgot", ("Name", "Ann"));

        var answer = await ann.SubmitAsync("/forgot", ("Name", "Ann"));

        Assert.Equal((HttpStatusCode.TooManyRequests, "30"), (answer.Status, answer.Header("Retry-After")));
        Assert.Equal("Ann", answer.Field("Name"));
        await ann.NewRoomAsync("Everything else goes on");
    }

    [Theory]
    [InlineData("/account", "Picture")]
    [InlineData("/admin/settings", "Logo")]
    public async Task Files_have_a_limit_of_their_own_and_what_their_pages_save_without_one_counts_as_any_other_form(string path, string file)
    {
        await using var site = await StartAsync(("Limits:UploadsPerMinute", "1"), ("Limits:FormsPerMinute", "3"));
        var ann = await site.SetUpByAnnAsync();
        var page = await ann.GetAsync(path);
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.SeeOther, (await ann.SubmitAsync(page, path)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UploadAsync()).Status);

        var answer = await UploadAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (answer.Status, answer.Header("Retry-After")));
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.SubmitAsync(page, path)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ann.SubmitAsync(page, path)).Status);

        async Task<Answer> UploadAsync()
        {
            using var noPicture = new ByteArrayContent([1, 2, 3]);
            using var form = new MultipartFormDataContent { { new StringContent(page.Page.QuerySelector($"[name={Call.Token}]")!.GetAttribute("value")!), Call.Token }, { noPicture, file, "picture.png" } };
            return await ann.SendAsync(HttpMethod.Post, $"{path}?handler={file}", form);
        }
    }

    [Theory]
    [InlineData("Invites", "/admin/invites")]
    [InlineData("Reports", "/rooms/1/messages/1/report")]
    public async Task Invites_and_reports_each_have_a_limit_of_their_own(string limit, string page)
    {
        await using var site = await StartAsync(($"Limits:{limit}PerMinute", "1"));
        var ann = await site.SetUpByAnnAsync();
        await (await site.JoinAsync(ann, "Bob")).SayAsync(new(1), "Something.");
        var form = await ann.GetAsync(page);
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.SubmitAsync(form, page, ("Reason", "It is rude."))).Status);

        var answer = await ann.SubmitAsync(form, page, ("Reason", "It is rude."));

        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (answer.Status, answer.Header("Retry-After")));
        await ann.NewRoomAsync("Everything else goes on");
    }

    [Fact]
    public async Task Messages_have_a_limit_of_their_own()
    {
        await using var site = await StartAsync(("Limits:FormsPerMinute", "1"));
        var ann = await site.SetUpByAnnAsync();

        await ann.SayAsync(new(1), "One.", "Two.", "Three.");

        Assert.Equal(3, (await ann.GetAsync("/rooms/1")).Messages.Count());
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    [InlineData(Carrier.Html)]
    public async Task Attempts_to_connect_are_limited_over_all_carriers_together(Carrier carrier)
    {
        await using var site = await StartAsync(("Limits:HandshakesPerMinute", "3"));
        var ann = await site.SetUpByAnnAsync();
        foreach (var other in Enum.GetValues<Carrier>())
        {
            await using var taken = await ann.ListenAsync(new(1), other);
            Assert.InRange((int)taken.Status, 101, 200);
        }

        await using var refused = await ann.ListenAsync(new(1), carrier);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        if (refused is ResponseReader response) Assert.Equal("20", response.Header("Retry-After"));
        time.Advance(TimeSpan.FromSeconds(20));
        await using var later = await ann.ListenAsync(new(1), carrier);
        Assert.InRange((int)later.Status, 101, 200);
    }

    [Fact]
    public async Task A_page_that_sends_too_fast_is_read_more_slowly_and_loses_nothing()
    {
        await using var site = await StartAsync(("Limits:FrameBurst", "3"), ("Limits:FramesPerSecond", "1"));
        var ann = await site.SetUpByAnnAsync();
        await using var socket = (SocketReader)await ann.ListenAsync(new(1), Carrier.WebSocket);
        await socket.HearAsync("head");

        for (var i = 1; i <= 5; i++) await socket.SayAsync($$"""{"key":"key-number-{{i}}-of-five","text":"Number {{i}}."}""");
        await socket.HearAsync("key-number-3-of-five");

        // Whatever is still on its way is held up; what the room's own pages show says what has been read.
        Assert.Equal(["Number 1.", "Number 2.", "Number 3."], (await ann.GetAsync("/rooms/1")).Messages);
        var rest = socket.HearAsync("key-number-5-of-five");
        for (var i = 0; i < 5; i++) time.Advance(TimeSpan.FromSeconds(1)); // long enough for two, too short for a page that says nothing
        await rest;
        Assert.Equal(Enumerable.Range(1, 5).Select(i => $"Number {i}."), (await ann.GetAsync("/rooms/1")).Messages);
    }

    [Fact]
    public async Task One_setting_raises_all_of_them_for_a_load_test()
    {
        await using var site = await StartAsync(("Limits:FormsPerMinute", "1"), ("Limits:Times", "3"));
        var ann = await site.SetUpByAnnAsync();

        for (var i = 0; i < 3; i++) await ann.NewRoomAsync($"Room {i}");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ann.SubmitAsync("/rooms/new", ("Name", "More"))).Status);
    }

    // With the program's own limits, but for these.
    Task<ChatSite> StartAsync(params (string, string)[] limits) => ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time), [("Limits:Times", "1"), .. limits]);
}
