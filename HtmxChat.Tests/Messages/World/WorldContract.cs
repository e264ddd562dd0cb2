using System.Net;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.World;

/// <summary>What the world sees of a public room, and what search engines are told of it.</summary>
public abstract class WorldContract(SharedSite shared) : IAsyncLifetime
{
    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    public async ValueTask InitializeAsync() => await ann.SetPublicRoomsAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_pages_back_to_the_beginning_and_forth_to_the_end_and_sees_each_message_once()
    {
        var room = await NewPublicRoomAsync();
        await SayManyAsync(room, 200);
        await bob.SubmitAsync($"/rooms/{room}/composer", ("text", "The end."));

        var back = await FollowAsync($"/rooms/{room}", "prev");
        Assert.Equal(4, back.Count);
        Assert.Equal([.. Numbered(1, 200), "The end."], back.AsEnumerable().Reverse().SelectMany(p => p.Messages));
        Assert.Equal("Newest messages", back[^1].TextOf($"main [href='/rooms/{room}']:not(h1 *)"));

        var forth = await FollowAsync(back[^1].Only("main [rel=next]").GetAttribute("href")!, "next");
        Assert.Equal([.. Numbered(51, 200), "The end."], forth.SelectMany(p => p.Messages));

        // As from a permalink: after an odd number.
        Assert.Equal(Numbered(61, 100), (await WorldAsync($"/rooms/{room}?after=60")).Messages);
        Assert.Equal(Numbered(51, 104), (await WorldAsync($"/rooms/{room}?before=105")).Messages);
    }

    [Fact]
    public async Task What_stands_on_a_page_stays_there_while_the_room_grows_and_the_page_says_its_lasting_address()
    {
        var room = await NewPublicRoomAsync();
        await SayManyAsync(room, 120);
        var older = Path(await WorldAsync($"/rooms/{room}"), "main [rel=prev]");
        var page = await WorldAsync(older);

        await SayManyAsync(room, 30);

        Assert.Equal(page.Messages, (await WorldAsync(older)).Messages);
        Assert.Equal(older, Path(page, "[rel=canonical]"));
        Assert.Equal(older, Path(await WorldAsync($"/rooms/{room}?after=7"), "[rel=canonical]"));
        Assert.Equal(older, Path(await WorldAsync($"/rooms/{room}/messages/20"), "[rel=canonical]"));
        Assert.Equal($"/rooms/{room}", Path(await WorldAsync($"/rooms/{room}"), "[rel=canonical]"));
    }

    [Fact]
    public async Task A_message_stands_in_its_surroundings_marked_and_focused_for_the_world_and_for_members_alike()
    {
        var room = await NewPublicRoomAsync();
        await SayManyAsync(room, 90);
        var link = Path(await WorldAsync($"/rooms/{room}?before=51"), "#m-45 .by a");
        Assert.Equal($"/rooms/{room}/messages/45", link);

        foreach (var reader in new[] { shared.Site.NewBrowser(), bob })
        {
            var page = (await reader.GetAsync(link)).HasStatus(HttpStatusCode.OK);
            Assert.Equal(Numbered(20, 70), page.Messages);
            var message = page.Only("[aria-current=location]");
            Assert.Equal(("m-45", "Number 45.", true), (message.Id, message.QuerySelector(".text")!.TextContent, message.HasAttribute("autofocus")));
            var older = await reader.GetAsync(Path(page, "main [rel=prev]"));
            var newer = await reader.GetAsync(Path(page, "main [rel=next]"));
            Assert.Equal("Number 19.", older.Messages.Last());
            Assert.Equal("Number 71.", newer.Messages.First());
        }
        Assert.Empty((await bob.GetAsync(link)).Page.QuerySelectorAll("#composer"));
    }

    [Fact]
    public async Task Members_page_on_from_a_message_to_the_rooms_end()
    {
        var room = await shared.NewRoomAsync();
        await SayManyAsync(room, 90);

        var pages = await FollowAsync(bob, $"/rooms/{room}?after=0", "next");

        Assert.Equal(Numbered(1, 90), pages.SelectMany(p => p.Messages));
        Assert.Empty(pages[0].Page.QuerySelectorAll("main [rel=prev]"));
        Assert.Equal(Numbered(1, 40), (await bob.GetAsync(Path(pages[1], "main [rel=prev]"))).Messages);
        Assert.Equal("Newest messages", pages[^1].TextOf(".onward a"));
    }

    [Fact]
    public async Task What_was_deleted_is_gone_at_once_also_where_a_copy_is_asked_for_again()
    {
        var room = await NewPublicRoomAsync();
        await bob.SayAsync(room, "One.", "Two.", "Three.");
        var stranger = shared.Site.NewBrowser();
        var tag = (await stranger.GetAsync($"/rooms/{room}")).Header("ETag")!;
        Assert.Equal((HttpStatusCode.NotModified, ""), Short(await stranger.GetAsync($"/rooms/{room}", ("If-None-Match", tag))));

        await DeleteAsync(room, 2);

        Assert.Equal(["One.", "Three."], (await stranger.GetAsync($"/rooms/{room}", ("If-None-Match", tag))).HasStatus(HttpStatusCode.OK).Messages);
        foreach (var reader in new[] { stranger, bob })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/rooms/{room}/messages/2")).Status);
            Assert.Equal((await reader.GetAsync($"/rooms/{room}/messages/77")).Text, (await reader.GetAsync($"/rooms/{room}/messages/2")).Text);
        }
        Assert.Equal(["One.", "Three."], (await stranger.GetAsync($"/rooms/{room}/messages/1")).Messages);
    }

    [Fact]
    public async Task A_page_for_the_world_is_the_same_for_all_and_has_nothing_in_it_but_what_is_to_be_read()
    {
        var room = await NewPublicRoomAsync("About <boats>");
        await bob.SayAsync(room, "Hello <b>world</b>,\nhow are you?");
        var member = await bob.GetAsync($"/rooms/{room}");

        foreach (var path in new[] { $"/rooms/{room}", $"/rooms/{room}/messages/1", "/public" })
        {
            var stranger = shared.Site.NewBrowser();
            var answer = await stranger.GetAsync(path);

            Assert.Empty(stranger.Cookies);
            Assert.Equal(answer.Text, (await WorldAsync(path)).Text);
            Assert.Empty(answer.Page.QuerySelectorAll("script, form, input, textarea, iframe, img.face, [data-author], [data-key], [href^='/people'], .more, style, [style]"));
            Assert.DoesNotContain("RequestVerificationToken", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("@bob", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("script-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal(("public, max-age=10", null), (answer.Header("Cache-Control"), answer.Header("X-Robots-Tag")));
            Assert.Contains("Cookie", answer.Header("Vary"), StringComparison.Ordinal);
        }
        var page = await WorldAsync($"/rooms/{room}");
        Assert.Equal("About <boats>", page.Only("meta[name=description]").GetAttribute("content"));
        Assert.Equal("Hello <b>world</b>,how are you?", page.Messages.Single());
        Assert.StartsWith("Bob: Hello <b>world</b>, how are you?", (await WorldAsync($"/rooms/{room}/messages/1")).TextOf("title"), StringComparison.Ordinal);
        Assert.Equal($"/sign-in?returnUrl=%2Frooms%2F{room}%2Fmessages%2F1", Path(await WorldAsync($"/rooms/{room}/messages/1"), "header .button"));
        Assert.Contains("no-store", member.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("noindex", member.Header("X-Robots-Tag"));
    }

    [Fact]
    public async Task Who_comes_from_a_public_room_goes_back_to_it_by_signing_in_and_by_joining_as_a_guest()
    {
        var room = await NewPublicRoomAsync();
        Assert.Empty((await WorldAsync($"/rooms/{room}")).Page.QuerySelectorAll("[href^='/join']"));
        await ann.SubmitAsync("/admin/settings", ("Joining", "Open"));
        var (page, guest) = (await WorldAsync($"/rooms/{room}"), shared.Site.NewBrowser());
        Assert.Equal($"/join?returnUrl=%2Frooms%2F{room}", Path(await WorldAsync(Path(page, "header .button")), "main [href^='/join']"));

        Assert.Equal($"/rooms/{room}", (await guest.SubmitAsync(Path(page, "[href^='/join']"), ("Name", $"Guest {Guid.NewGuid():N}"))).Location);
        Assert.Equal($"/rooms/{room}", (await shared.Site.NewBrowser().SubmitAsync(Path(page, "header .button"), ("Name", "Bob"), ("Password", ChatSite.Password))).Location);
        Assert.Equal("/", (await shared.Site.NewBrowser().SubmitAsync("/join?returnUrl=//elsewhere.example", ("Name", $"Guest {Guid.NewGuid():N}"))).Location);

        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync($"/rooms/{room}/composer")).Status);
        await ann.SubmitAsync("/admin/settings", ("Joining", "ByInvite"));
    }

    [Fact]
    public async Task Search_engines_are_kept_away_from_all_but_public_rooms_of_which_they_get_a_list_of_pages()
    {
        await using var site = await shared.StartAnotherAsync();
        var (ann, stranger) = (await site.SetUpByAnnAsync(), site.NewBrowser());
        await ann.SetPublicRoomsAsync();
        Assert.Equal("User-agent: *\nDisallow: /\n", (await stranger.GetAsync("/robots.txt")).Text);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [(await stranger.GetAsync("/sitemap.xml")).Status, (await stranger.GetAsync("/public")).Status]);
        Assert.Empty((await stranger.GetAsync("/sign-in")).Page.QuerySelectorAll("[href='/public']"));
        var room = await ann.NewRoomAsync("Square", "For all & sundry");
        await ann.SayAsync(room, "Before.");
        await ann.PublishAsync(room);
        await ann.SayAsync(room, [.. Numbered(1, 60)]);
        var here = site.Address.GetLeftPart(UriPartial.Authority);

        var robots = (await stranger.GetAsync("/robots.txt")).Text.Split('\n');
        Assert.Contains($"Allow: /rooms/{room}$", robots);
        Assert.DoesNotContain(robots, rule => rule.Contains("/rooms/1$", StringComparison.Ordinal));
        Assert.Equal(["Disallow: /", $"Sitemap: {here}/sitemap.xml", ""], robots[^3..]);
        var pages = (await stranger.GetAsync("/sitemap.xml")).Page.QuerySelectorAll("loc").Select(l => l.TextContent).ToList();
        Assert.Equal(new[] { "/public", $"/rooms/{room}", $"/rooms/{room}?before=101", $"/rooms/{room}?before=51" }.Select(p => here + p), pages);
        foreach (var page in pages) Assert.Null((await stranger.GetAsync(new Uri(page).PathAndQuery)).HasStatus(HttpStatusCode.OK).Header("X-Robots-Tag"));
        Assert.Equal("Square", (await stranger.GetAsync("/public")).TextOf($".rows [href='/rooms/{room}']"));
        Assert.Single((await stranger.GetAsync("/sign-in")).Page.QuerySelectorAll("[href='/public']"));
        foreach (var path in new[] { "/sign-in", "/rooms/1", "/nowhere", $"/rooms/{room}/messages/1" }) Assert.Equal("noindex", (await stranger.GetAsync(path)).Header("X-Robots-Tag"));
    }

    async Task<RoomId> NewPublicRoomAsync(string topic = "")
    {
        var room = await ann.NewRoomAsync($"Public {Guid.NewGuid():N}", topic);
        await ann.PublishAsync(room, WorldReads.Everything);
        return room;
    }

    Task SayManyAsync(RoomId room, int count) => bob.SayAsync(room, Numbered(1, count));

    async Task DeleteAsync(RoomId room, long seq) => Assert.Single(await shared.Site.Services.GetRequiredService<MessageStore>().DeleteAsync(room, [seq], Ct));

    Task<List<Answer>> FollowAsync(string path, string rel) => FollowAsync(shared.Site.NewBrowser(), path, rel);

    static async Task<List<Answer>> FollowAsync(Browser browser, string path, string rel)
    {
        var pages = new List<Answer> { (await browser.GetAsync(path)).HasStatus(HttpStatusCode.OK) };
        while (pages[^1].Page.QuerySelector($"main [rel={rel}]") is { } link) pages.Add((await browser.GetAsync(link.GetAttribute("href")!)).HasStatus(HttpStatusCode.OK));
        return pages;
    }

    Task<Answer> WorldAsync(string path) => shared.Site.NewBrowser().GetAsync(path);

    static string Path(Answer page, string selector) => page.Only(selector).GetAttribute("href")! is var href && href.StartsWith('/') ? href : new Uri(href).PathAndQuery;

    static IEnumerable<string> Numbered(int first, int last) => Enumerable.Range(first, last - first + 1).Select(i => $"Number {i}.");

    static (HttpStatusCode, string) Short(Answer answer) => (answer.Status, answer.Text);
}

public sealed class SqliteWorldTests(OwnSite shared) : WorldContract(shared), IClassFixture<OwnSite>;

public sealed class PostgresWorldTests(PostgresSite shared) : WorldContract(shared), IClassFixture<PostgresSite>;
