using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Previews;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace HtmxChat.Tests.Messages.LinkPreviews;

/// <summary>What is behind a message's first link, from the post to everybody's page and away again.</summary>
public abstract class PreviewContract(PreviewSite shared)
{
    static int pages;

    [Fact]
    public async Task What_is_behind_a_link_comes_below_the_message_on_every_carrier_and_the_message_was_not_edited()
    {
        var room = await shared.NewRoomAsync();
        var link = NewPage("<title>A page &amp; more</title><meta name=description content='What it is about'><meta property=og:site_name content='A place'>");
        await using var socket = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));
        await using var events = await shared.Ann.ListenAsync(room, Carrier.ServerSentEvents, await shared.Ann.PositionAsync(room));
        await using var stream = await shared.Ann.ListenAsync(room, Carrier.Html);

        await shared.Bob.SayAsync(room, $"Look at {link}, it is good.");

        foreach (var reader in new[] { socket, events, stream }) await reader.HearAsync("class=\"preview\"");
        Assert.Contains("""<hx-partial hx-target="#m-1" hx-swap="outerMorph">""", socket.Heard, StringComparison.Ordinal);
        Assert.Contains("/live/superseded.css?id=m-1&amp;seq=2", stream.Heard, StringComparison.Ordinal);
        var page = await shared.Ann.GetAsync($"/rooms/{room}");
        Assert.Equal((link.AbsoluteUri, "nofollow noopener noreferrer"), (page.Only(".preview").GetAttribute("href"), page.Only(".preview").GetAttribute("rel")));
        Assert.Equal(($"A place · {link.Host}", "A page & more", "What it is about"), (page.TextOf(".preview small"), page.TextOf(".preview b"), page.TextOf(".preview i")));
        Assert.Empty(page.Page.QuerySelectorAll(".edited, .preview img"));
        Assert.Equal(1, shared.Elsewhere.Paths.Count(p => p == link.AbsolutePath));
    }

    [Fact]
    public async Task A_page_that_was_cut_off_has_it_when_it_comes_back()
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, "Before.");
        var position = await shared.Ann.PositionAsync(room);

        await SayAndSeeAsync(room, NewPage("<title>Meanwhile</title>"));

        await using var back = await shared.Ann.ListenAsync(room, Carrier.WebSocket, position);
        await back.HearAsync("<b>Meanwhile</b>");
    }

    [Fact]
    public async Task Its_picture_is_made_anew_and_shown_to_those_who_may_read_the_message()
    {
        var name = $"Pictures {Interlocked.Increment(ref pages)}";
        var room = await shared.Ann.NewClosedRoomAsync(name);
        using var blue = Image.Black(1_000, 500, bands: 3).NewFromImage(0, 0, 255).Copy(interpretation: Enums.Interpretation.Srgb);
        shared.Elsewhere.On($"/{name.Replace(' ', '-')}.png", blue.PngsaveBuffer(), "Content-Type: image/png");
        await SayAndSeeAsync(room, NewPage($"<title>With a picture</title><meta property=og:image content=/{name.Replace(' ', '-')}.png>"), shared.Ann);

        var picture = (await shared.Ann.GetAsync($"/rooms/{room}")).Only(".preview img");
        var (bytes, answer) = await shared.Ann.GetRawAsync(picture.GetAttribute("src")!, acceptEncoding: null);

        Assert.Equal(("", "128", "96", "lazy"), (picture.GetAttribute("alt"), picture.GetAttribute("width"), picture.GetAttribute("height"), picture.GetAttribute("loading")));
        Assert.Equal(("image/webp", "max-age=31536000, private, immutable"), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
        using var kept = Image.NewFromBuffer(bytes);
        Assert.Equal((PictureFile.PreviewSide, PictureFile.PreviewSide / 2), (kept.Width, kept.Height));
        foreach (var path in new[] { picture.GetAttribute("src")![..^1], $"/rooms/{room}/messages/1/preview.webp", $"/rooms/{room}/messages/2/preview.webp?v=x" }) Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync(picture.GetAttribute("src")!)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await shared.Site.NewBrowser().GetAsync(picture.GetAttribute("src")!)).Status);
    }

    public static TheoryData<string, byte[]> BadPictures => new()
    {
        { "a drawing", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray() },
        { "text", "GIF is a format."u8.ToArray() },
        { "a bomb", Previews.Pngs.Bomb(20_000, 20_000) },
        { "a little more than is taken", Previews.Pngs.Bomb(5_000, 4_001) },
        { "the beginning of one", Previews.Pngs.Bomb(100, 100)[..30] },
    };

    [Theory]
    [MemberData(nameof(BadPictures), DisableDiscoveryEnumeration = true)]
    public async Task A_picture_that_is_none_leaves_the_rest(string what, byte[] picture)
    {
        var room = await shared.NewRoomAsync();
        var at = $"/bad-{Interlocked.Increment(ref pages)}.png";
        shared.Elsewhere.On(at, picture, "Content-Type: image/png");

        await SayAndSeeAsync(room, NewPage($"<title>Without</title><meta property=og:image content={at}>"));

        Assert.Contains(at, shared.Elsewhere.Paths);
        Assert.True((await shared.Ann.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll(".preview img").Length == 0, what);
    }

    [Fact]
    public async Task Whoever_deletes_the_message_takes_back_or_edits_the_link_away_takes_it_away()
    {
        using var small = Image.Black(10, 10, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        shared.Elsewhere.On("/small.png", small.PngsaveBuffer(), "Content-Type: image/png");
        foreach (var (deed, fields) in new (string, (string, string)[])[] { ("edit", [("text", "No link any more.")]), ("delete", []), ("composer?handler=TakeBack&sent=1", []) })
        {
            var room = await shared.NewRoomAsync();
            await SayAndSeeAsync(room, NewPage("<title>Here today</title><meta property=og:image content=/small.png>"));
            var picture = (await shared.Ann.GetAsync($"/rooms/{room}")).Only(".preview img").GetAttribute("src")!;
            Assert.Equal(HttpStatusCode.OK, (await shared.Ann.GetAsync(picture)).Status);

            if (deed.StartsWith('c')) await shared.Bob.SubmitAsync(await shared.Bob.GetAsync($"/rooms/{room}/composer?sent=1"), ComposerModel.TakeBackPath(room, 1));
            else await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/{deed}", fields);

            Assert.DoesNotContain("Here today", (await shared.Ann.GetAsync($"/rooms/{room}")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync(picture)).Status);
            Assert.Empty(await StoredAsync(room));
        }
    }

    [Fact]
    public async Task Another_link_has_another_preview_and_the_same_one_keeps_its_own()
    {
        var room = await shared.NewRoomAsync();
        var (one, two) = (NewPage("<title>Page one</title>"), NewPage("<title>Page two</title>"));
        await SayAndSeeAsync(room, one);
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));

        await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/edit", ("text", $"Still {one}"));
        Assert.Equal("Page one", (await shared.Ann.GetAsync($"/rooms/{room}")).TextOf(".preview b"));
        await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/edit", ("text", $"Now {two}"));
        await listening.HearAsync("<b>Page two</b>");

        Assert.Equal("Page two", (await shared.Ann.GetAsync($"/rooms/{room}")).TextOf(".preview b"));
        Assert.Equal(1, shared.Elsewhere.Paths.Count(p => p == one.AbsolutePath));
    }

    [Fact]
    public async Task A_message_that_is_restored_has_it_again()
    {
        var room = await shared.NewRoomAsync();
        var link = NewPage("<title>Back again</title>");
        await SayAndSeeAsync(room, link);
        var deleted = await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/delete");
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));

        await shared.Bob.SubmitAsync(deleted, $"/rooms/{room}/messages/1/restore", ("undo", deleted.Field("undo")!));

        await listening.HearAsync("<b>Back again</b>");
    }

    [Fact]
    public async Task Its_author_removes_it_and_it_stays_removed()
    {
        var room = await shared.NewRoomAsync();
        var link = NewPage("<title>Rather not</title>");
        await SayAndSeeAsync(room, link);
        var at = $"/rooms/{room}/messages/1/preview";
        var cleo = await shared.Site.JoinAsync(shared.Ann, $"Cleo of {room}");
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.GetAsync(at)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.SubmitAsync(await cleo.GetAsync($"/rooms/{room}/messages/1/report"), at)).Status);
        Assert.DoesNotContain("Remove preview", (await cleo.GetAsync($"/rooms/{room}/messages/1/more")).Text, StringComparison.Ordinal);
        Assert.Contains("Remove preview", (await shared.Bob.GetAsync($"/rooms/{room}/messages/1/more")).Text, StringComparison.Ordinal);
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));

        Assert.Equal($"/rooms/{room}#m-1", (await shared.Bob.SubmitAsync(at)).Location);
        await listening.HearAsync("""<hx-partial hx-target="#m-1" hx-swap="outerMorph">""");
        Assert.DoesNotContain("Rather not", listening.Heard, StringComparison.Ordinal);
        await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/edit", ("text", $"Still {link}"));
        await IsDoneAsync(link);
        var deleted = await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/delete");
        Assert.Empty(await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select 1 from messages where room_id = @room and preview is not null", row => row.GetInt32(0), Ct, ("@room", room.Value)));
        await shared.Bob.SubmitAsync(deleted, $"/rooms/{room}/messages/1/restore", ("undo", deleted.Field("undo")!));
        await IsDoneAsync(link);

        Assert.Empty((await shared.Ann.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll(".preview"));
        Assert.Equal(1, shared.Elsewhere.Paths.Count(p => p == link.AbsolutePath));
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync(at)).Status);
    }

    [Fact]
    public async Task A_message_that_was_changed_while_its_link_was_looked_at_has_none()
    {
        foreach (var deed in new[] { "edit", "delete" })
        {
            var room = await shared.NewRoomAsync();
            var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
            var link = At($"late-{deed}", shared.Elsewhere.On($"/late-{Interlocked.Increment(ref pages)}", async (stream, ct) =>
            {
                asked.SetResult();
                await go.Task;
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Too late</title>"u8.ToArray(), ct);
            }));
            await shared.Bob.SayAsync(room, $"{link}");
            await asked.Task.Soon();

            await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/{deed}", ("text", "Nothing."));
            go.SetResult();
            await IsDoneAsync(link);

            Assert.DoesNotContain("Too late", (await shared.Ann.GetAsync($"/rooms/{room}")).Text, StringComparison.Ordinal);
            Assert.Empty(await StoredAsync(room));
        }
    }

    [Fact]
    public async Task A_room_can_do_without_and_so_can_the_site()
    {
        var room = await shared.NewRoomAsync();
        var (quiet, off) = (NewPage("<title>Not here</title>"), NewPage("<title>Nowhere</title>"));
        var settings = await shared.Ann.GetAsync($"/rooms/{room}/settings");
        Assert.Equal("true", settings.Field("ShowsPreviews"));
        Assert.True(settings.Only("[name=ShowsPreviews]").HasAttribute("checked"));

        await shared.Ann.SubmitAsync(settings, $"/rooms/{room}/settings", ("ShowsPreviews", "false"));
        await shared.Bob.SayAsync(room, $"{quiet}");
        await IsDoneAsync(quiet);
        Assert.False((await shared.Ann.GetAsync($"/rooms/{room}/settings")).Only("[name=ShowsPreviews]").HasAttribute("checked"));

        var other = await shared.NewRoomAsync();
        await shared.Ann.SubmitAsync("/admin/settings", ("ShowsPreviews", "false"));
        await shared.Bob.SayAsync(other, $"{off}");
        await shared.Ann.SubmitAsync("/admin/settings", ("ShowsPreviews", "true"));
        await IsDoneAsync(off);

        Assert.DoesNotContain(shared.Elsewhere.Paths, p => p == quiet.AbsolutePath || p == off.AbsolutePath);
        Assert.Contains("no link is looked at", (await shared.Ann.GetAsync("/admin/audit")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_says_is_text_whatever_it_says()
    {
        var room = await shared.NewRoomAsync();
        const string Hostile = "&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; hx-get=&quot;/x&quot; &amp;lt;img src=x&amp;gt;";

        await SayAndSeeAsync(room, NewPage($"<title>{Hostile}</title><meta name=description content=\"{Hostile}\"><meta property=og:site_name content=\"{Hostile}\">"));

        var page = await shared.Ann.GetAsync($"/rooms/{room}");
        const string Meant = "</b><script>alert(1)</script>\" hx-get=\"/x\" &lt;img src=x&gt;";
        Assert.Equal((Meant, Meant), (page.TextOf(".preview b"), page.TextOf(".preview i")));
        Assert.Empty(page.Page.QuerySelectorAll(".message script, .message img, .message [hx-get]"));
    }

    [Fact]
    public async Task No_more_than_a_few_are_looked_at_at_the_same_time_and_no_post_waits_for_it()
    {
        var room = await shared.NewRoomAsync();
        var (asked, all, go) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        var links = Enumerable.Range(1, 8).Select(i => At($"slow-{i}", shared.Elsewhere.On($"/slow-{room}-{i}", async (stream, ct) =>
        {
            if (Interlocked.Increment(ref asked) == ShowPreviews.AtOnce) all.SetResult();
            await go.Task;
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>At last</title>"u8.ToArray(), ct);
        }))).ToList();

        foreach (var link in links) await shared.Bob.SayAsync(room, $"{link}");
        Assert.Equal(8, (await shared.Ann.GetAsync($"/rooms/{room}")).Messages.Count());
        await all.Task.Soon();
        Assert.Equal(ShowPreviews.AtOnce, asked);
        go.SetResult();

        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, "x.0");
        await listening.HearAsync("<b>At last</b>");
    }

    [Fact]
    public async Task The_site_knows_by_which_name_its_people_come()
    {
        var own = shared.Site.Services.GetRequiredService<OwnAddresses>();
        await shared.Ann.GetAsync("/rooms/1");
        await shared.Site.NewBrowser().GetAsync("/sign-in", ("Host", "made-up.example"));

        Assert.True(own.Has(shared.Site.Address));
        Assert.False(own.Has(new Uri("http://made-up.example/")));
        Assert.False(own.Has(shared.Elsewhere.Url));
    }

    /// <summary>A page at a place of its own, so that nothing waits for another.</summary>
    protected Uri NewPage(string head)
    {
        var n = Interlocked.Increment(ref pages);
        return At($"place-{n}", shared.Elsewhere.OnPage($"/page-{n}", head));
    }

    static Uri At(string host, Uri address) => new UriBuilder(address) { Host = $"{host}.example" }.Uri;

    async Task SayAndSeeAsync(RoomId room, Uri link, Browser? by = null)
    {
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));
        await (by ?? shared.Bob).SayAsync(room, $"{link}");
        await listening.HearAsync("class=\"preview\"");
    }

    // Of one place they are looked at one after the other: what was posted before is decided then.
    protected async Task IsDoneAsync(Uri link) => await SayAndSeeAsync(await shared.NewRoomAsync(), new UriBuilder(NewPage("<title>The last one</title>")) { Host = link.Host }.Uri);

    async Task<List<string>> StoredAsync(RoomId room) => await shared.Site.Services.GetRequiredService<Web.Storage.SqlReader>().AllAsync(
        "select coalesce(preview, '') from messages where room_id = @room and preview is not null union all select version from preview_pictures where room_id = @room",
        row => row.GetString(0), Ct, ("@room", room.Value));
}

public sealed class SqlitePreviewTests(PreviewSite shared) : PreviewContract(shared), IClassFixture<PreviewSite>;

public sealed class PostgresPreviewTests(PostgresPreviewSite shared) : PreviewContract(shared), IClassFixture<PostgresPreviewSite>
{
    [Fact]
    public async Task Of_several_nodes_the_one_that_took_the_post_looks_and_the_others_show_what_it_saw()
    {
        await using var there = await shared.StartOtherNodeAsync();
        var (room, link) = (await shared.NewRoomAsync(), NewPage("<title>Seen by one</title>"));
        await using var page = await shared.Ann.At(there.Address).ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));

        await shared.Bob.SayAsync(room, $"{link}");
        await page.HearAsync("<b>Seen by one</b>");
        await shared.Ann.At(there.Address).SubmitAsync($"/rooms/{room}/messages/1/react?emoji=👍");
        await IsDoneAsync(link);

        Assert.Equal(1, shared.Elsewhere.Paths.Count(p => p == link.AbsolutePath));
    }
}
