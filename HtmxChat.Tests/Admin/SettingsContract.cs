using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace HtmxChat.Tests.Admin;

/// <summary>What administrators set, on either database.</summary>
public abstract class SettingsContract(SharedSite shared)
{
    [Fact]
    public async Task Settings_hold_on_every_node_within_two_seconds()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        await using var other = await site.StartOtherNodeAsync();
        var there = ann.At(other.Address);
        Assert.Equal(ChatSite.Name, (await there.GetAsync("/rooms/1")).TextOf("#rooms .site"));

        await SaveAsync(ann, ("Name", "Coffee house"), ("RoomMakers", "Administrators"), ("MaxMessageLength", "100"));
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Equal("Coffee house", (await ann.GetAsync("/rooms/1")).TextOf("#rooms .site"));

        Answer seen;
        do seen = await there.GetAsync("/rooms/1"); while (seen.TextOf("#rooms .site") != "Coffee house" && System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2.5));
        Assert.Equal("Coffee house", seen.TextOf("#rooms .site"));
        Assert.Equal("100", seen.Only("#composer").GetAttribute("data-max-length"));
    }

    [Fact]
    public async Task Members_open_rooms_unless_that_is_for_administrators()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var form = await bob.GetAsync("/rooms/new");
        Assert.Equal(HttpStatusCode.OK, form.Status);

        await SaveAsync(ann, ("RoomMakers", "Administrators"));

        Assert.Equal(HttpStatusCode.NotFound, (await bob.SubmitAsync(form, "/rooms/new", ("Name", "Mine"))).Status);
        Assert.Empty((await bob.GetAsync("/rooms/1")).Page.QuerySelectorAll("#rooms [href='/rooms/new']"));
        await ann.NewRoomAsync("By Ann");
        Assert.Equal([2L], await site.CountAsync("rooms"));
    }

    [Fact]
    public async Task The_audit_list_is_kept_for_a_year_or_as_long_as_is_set_or_for_ever()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        Assert.Equal("365", (await ann.GetAsync("/admin/settings")).Field("AuditKeep"));

        foreach (var days in new[] { "30", "" })
        {
            await SaveAsync(ann, ("AuditKeep", days));
            Assert.Equal(days, (await ann.GetAsync("/admin/settings")).Field("AuditKeep") ?? "");
        }
        Assert.Contains("audit for ever", (await ann.GetAsync("/admin/audit")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_may_be_as_long_as_is_set()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        await SaveAsync(ann, ("MaxMessageLength", "120"));

        var refused = await ann.SubmitAsync("/rooms/1", ("text", new string('x', 121)));
        await ann.SayAsync(new(1), new string('x', 120));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("a message can have 120", refused.Text, StringComparison.Ordinal);
        Assert.Single((await ann.GetAsync("/rooms/1")).Messages);
    }

    [Fact]
    public async Task A_style_sheet_of_ones_own_comes_after_the_sites_and_never_where_it_could_lock_anybody_out()
    {
        const string Style = "body { display: none }\n/* </style><script>alert(1)</script> */";
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        Assert.Empty((await ann.GetAsync("/rooms/1")).Page.QuerySelectorAll("link[href^='/site.css']"));
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync("/site.css")).Status);

        await SaveAsync(ann, ("Style", Style));

        var sheets = (await ann.GetAsync("/rooms/1")).Page.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!).Where(h => !h.Contains("noscript", StringComparison.Ordinal) && !h.StartsWith("/mine/", StringComparison.Ordinal)).ToList();
        Assert.StartsWith("/site.css?v=", sheets[^1], StringComparison.Ordinal);
        var sheet = await site.NewBrowser().GetAsync(sheets[^1]);
        Assert.Equal((HttpStatusCode.OK, Style, "text/css; charset=utf-8", "nosniff"), (sheet.Status, sheet.Text, sheet.Header("Content-Type"), sheet.Header("X-Content-Type-Options")));
        Assert.Contains("immutable", sheet.Header("Cache-Control"), StringComparison.Ordinal);
        List<string> styled = [];
        foreach (var path in new[] { "/admin", "/admin/settings", "/admin/people", "/admin/invites", "/admin/audit", "/admin/reports", "/admin/rooms", "/admin/people/1", "/nowhere" }) await LookAsync(ann, path);
        await SaveAsync(ann, ("Style", Style), ("Joining", "Open"));
        foreach (var path in new[] { "/sign-in", "/sign-in/passkey", "/forgot", "/reset/nothing", "/confirm/nothing", "/phone/nothing", "/join", await ann.InviteAsync() }) await LookAsync(site.NewBrowser(), path);
        var (twoStep, person) = (site.Services.GetRequiredService<TwoStep>(), new PersonId(1));
        await twoStep.BeginAsync(person, Ct);
        await twoStep.SwitchOnAsync(person, AuthenticatorCode.At((await twoStep.FindAsync(person, Ct)).Secret!, DateTimeOffset.UtcNow), Ct);
        var halfway = site.NewBrowser();
        await halfway.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password));
        await LookAsync(halfway, "/sign-in/code");
        Assert.Empty(styled);

        async Task LookAsync(Browser browser, string path)
        {
            var page = await browser.GetAsync(path);
            Assert.Contains(page.Status, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
            if (page.Page.QuerySelector("link[href^='/site.css']") is not null) styled.Add(path);
        }
    }

    [Fact]
    public async Task A_logo_is_read_and_written_anew_shown_whole_in_place_of_the_name_and_can_be_removed()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        using var picture = Image.Black(1200, 240, bands: 3);

        Assert.Equal((HttpStatusCode.SeeOther, "/admin/settings?saved"), Short(await UploadAsync(ann, [.. picture.PngsaveBuffer(), .. "something hidden at the end"u8])));

        var shown = (await ann.GetAsync("/rooms/1")).Only("#rooms .site img");
        Assert.Equal(ChatSite.Name, shown.GetAttribute("alt"));
        var (bytes, answer) = await site.NewBrowser().GetRawAsync(shown.GetAttribute("src")!, acceptEncoding: null);
        using var kept = Image.NewFromBuffer(bytes);
        Assert.Equal(("image/webp", 480, 96), (answer.Header("Content-Type"), kept.Width, kept.Height));
        Assert.DoesNotContain("hidden", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);

        await SaveAsync(ann, ("MaxUpload", "1"));
        var (tooLarge, noPicture) = (await UploadAsync(ann, new byte[1024 * 1024 + 1]), await UploadAsync(ann, "<svg onload='alert(1)'/>"u8.ToArray()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "That picture is larger than 1 MB. Please choose a smaller one."), (tooLarge.Status, tooLarge.TextOf("#logo-problem")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noPicture.Status);
        Assert.Equal(ChatSite.Name, noPicture.Field("Name"));

        await ann.SubmitAsync(await ann.GetAsync("/admin/settings"), "/admin/settings?handler=RemoveLogo");
        Assert.Equal(ChatSite.Name, (await ann.GetAsync("/rooms/1")).TextOf("#rooms .site"));
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync("/logo")).Status);
    }

    [Theory]
    [InlineData("Name", "\u200b", "name-problem")]
    [InlineData("MaxMessageLength", "99", "length-problem")]
    [InlineData("MaxMessageLength", "10001", "length-problem")]
    [InlineData("MaxMessageLength", "many", "length-problem")]
    [InlineData("Style", "long", "style-problem")]
    [InlineData("MaxUpload", "9", "upload-problem")]
    [InlineData("AuditKeep", "0", "audit-problem")]
    public async Task What_cannot_be_taken_is_refused_beside_its_field_and_changes_nothing(string field, string typed, string problem)
    {
        if (typed == "long") typed = new string('x', 20_001);

        var answer = await shared.Ann.SubmitAsync("/admin/settings", (field, typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotEmpty(answer.TextOf($"#{problem}"));
        Assert.Equal(typed, answer.Field(field));
        Assert.Equal(ChatSite.Name, (await shared.Ann.GetAsync("/admin/settings")).Field("Name"));
    }

    [Fact]
    public async Task A_test_letter_is_offered_only_where_there_is_mail()
    {
        var page = await shared.Ann.GetAsync("/admin/settings");

        Assert.Empty(page.Page.QuerySelectorAll("[name=Address]"));
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.SubmitAsync(page, "/admin/settings?handler=Letter", ("Address", "ann@example.org"))).Status);
    }

    static async Task<Answer> UploadAsync(Browser ann, byte[] upload)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent((await ann.GetAsync("/admin/settings")).Page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(upload), "Logo", "logo.png" },
        };
        return await ann.SendAsync(HttpMethod.Post, "/admin/settings?handler=Logo", form);
    }

    static (HttpStatusCode, string?) Short(Answer answer) => (answer.Status, answer.Location);

    static async Task SaveAsync(Browser ann, params (string, string)[] fields) => Assert.Equal("/admin/settings?saved", (await ann.SubmitAsync("/admin/settings", fields)).Location);
}

public sealed class SqliteSettingsTests(SharedSite shared) : SettingsContract(shared);

public sealed class PostgresSettingsTests(PostgresSite shared) : SettingsContract(shared), IClassFixture<PostgresSite>;
