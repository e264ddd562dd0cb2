using System.Net;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Accounts;

/// <summary>How people like to have things, on both databases.</summary>
public abstract class PreferencesContract(SharedSite shared)
{
    static int people;

    public static TheoryData<Carrier> Carriers => new(Enum.GetValues<Carrier>());

    [Fact]
    public async Task What_a_person_chooses_is_kept_for_all_of_their_browsers_and_for_nobody_else()
    {
        var (dora, name) = await NewPersonAsync();
        using var phone = await shared.Site.SignInAsync(name);

        var saved = await ChooseAsync(dora, ("Theme", "Dark"), ("Density", "Compact"), ("Announcements", "Mentions"), ("ShowsPreviews", "true"));

        Assert.Equal((HttpStatusCode.SeeOther, "/account/comfort?saved"), (saved.Status, saved.Location));
        var form = await dora.GetAsync(saved.Location!);
        Assert.Equal("Saved.", form.TextOf("[role=status]"));
        foreach (var page in new[] { form, await phone.GetAsync("/account/comfort"), await (await shared.Site.SignInAsync(name)).GetAsync("/account/comfort") })
        {
            Assert.Equal(["Dark", "Compact", "Mentions"], Values(page, "Theme", "Density", "Announcements"));
            Assert.Equal((false, true), (IsChecked(page, "SharesTyping"), IsChecked(page, "ShowsPreviews")));
        }
        var bobs = await shared.Bob.GetAsync("/account/comfort");
        Assert.Equal(["System", "Comfortable", "Browser", "System", "All", "Off"], Values(bobs, "Theme", "Density", "TimeFormat", "Motion", "Announcements", "Sounds"));
        Assert.Equal((true, true), (IsChecked(bobs, "SharesTyping"), IsChecked(bobs, "ShowsPreviews")));
    }

    [Fact]
    public async Task They_stand_on_every_page_for_the_style_sheet_to_see()
    {
        var (dora, _) = await NewPersonAsync();
        var room = await shared.NewRoomAsync();
        Assert.Equal(["lang"], AttributesOf(await dora.GetAsync($"/rooms/{room}")));

        await ChooseAsync(dora, ("Theme", "Light"), ("TimeFormat", "Hours24"), ("Motion", "Reduced"), ("Sounds", "All"), ("SharesTyping", "true"));

        foreach (var path in new[] { $"/rooms/{room}", $"/rooms/{room}/composer", "/rooms", "/account", "/nowhere" })
        {
            var page = await dora.GetAsync(path);
            Assert.Equal(["lang", "data-theme", "data-clock", "data-motion", "data-sounds", "data-previews"], AttributesOf(page));
            Assert.Equal("light", page.Only("html").GetAttribute("data-theme"));
        }
        await using var stream = await dora.ListenAsync(room, Carrier.Html);
        await stream.HearAsync("id=\"messages\"");
        Assert.Contains("<html lang=\"en\" data-theme=\"light\" data-clock=\"h23\"", stream.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_never_offered_is_refused_and_nothing_is_changed()
    {
        var (dora, _) = await NewPersonAsync();
        await ChooseAsync(dora, ("Theme", "Dark"));

        foreach (var (field, value) in new[] { ("Theme", "Sepia"), ("Theme", "9"), ("Sounds", ""), ("ShowsPreviews", "perhaps") })
        {
            var refused = await ChooseAsync(dora, ("Density", "Compact"), (field, value));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Equal("That is none of the choices. Please look through them and save again.", refused.TextOf("[role=alert]"));
            Assert.Equal(["Compact"], Values(refused, "Density"));
        }
        Assert.Equal(["Dark", "Comfortable"], Values(await dora.GetAsync("/account/comfort"), "Theme", "Density"));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Open_pages_are_sent_away_to_come_back_with_them(Carrier carrier)
    {
        var (dora, _) = await NewPersonAsync();
        var room = await shared.NewRoomAsync();
        await using var listening = await dora.ListenAsync(room, carrier, await dora.PositionAsync(room));

        await ChooseAsync(dora, ("Density", "Compact"));
        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        if (listening is SocketReader socket) Assert.Equal(1012, socket.CloseCode);
        await using var again = await dora.ListenAsync(room, Carrier.Html);
        await again.HearAsync("data-density=\"compact\"");
    }

    [Fact]
    public async Task Saving_what_is_there_already_sends_nobody_away()
    {
        var (dora, _) = await NewPersonAsync();
        var room = await shared.NewRoomAsync();
        await using var listening = await dora.ListenAsync(room, Carrier.WebSocket, await dora.PositionAsync(room));

        await dora.SubmitAsync("/account/comfort");
        await shared.Bob.SayAsync(room, "Still there?");

        await listening.HearAsync("Still there?");
    }

    [Fact]
    public async Task Who_is_not_signed_in_can_choose_for_the_browser_alone()
    {
        using var stranger = shared.Site.NewBrowser();
        var form = await stranger.GetAsync("/account/comfort");
        Assert.Equal(["NeverScripts"], form.Page.QuerySelectorAll("form [name]:not([name^=__])").Select(f => f.GetAttribute("name")));

        var saved = await stranger.SubmitAsync(form, "/account/comfort", ("NeverScripts", "true"), ("Theme", "Dark"));

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        var again = await stranger.GetAsync(saved.Location!);
        Assert.True(IsChecked(again, "NeverScripts"));
        Assert.Equal(["lang"], AttributesOf(again));
    }

    // As a browser sends it: whatever is not named is as the page has it, but for boxes, which are not ticked.
    static async Task<Answer> ChooseAsync(Browser person, params (string Name, string Value)[] choices)
    {
        var form = await person.GetAsync("/account/comfort");
        foreach (var box in form.Page.QuerySelectorAll("[type=checkbox]")) box.RemoveAttribute("checked");
        return await person.SubmitAsync(form, "/account/comfort", choices);
    }

    static IEnumerable<string?> Values(Answer page, params string[] fields) => fields.Select(f => page.Only($"[name={f}] [selected]").GetAttribute("value"));

    static bool IsChecked(Answer page, string field) => page.Only($"[name={field}]").HasAttribute("checked");

    static IEnumerable<string> AttributesOf(Answer page) => page.Only("html").Attributes.Select(a => a.Name);

    async Task<(Browser Browser, string Name)> NewPersonAsync()
    {
        var name = $"Pia {Interlocked.Increment(ref people)}";
        return (await shared.Site.JoinAsync(shared.Ann, name), name);
    }
}

public sealed class SqlitePreferencesTests(SharedSite shared) : PreferencesContract(shared);

public sealed class PostgresPreferencesTests(PostgresSite shared) : PreferencesContract(shared), IClassFixture<PostgresSite>;
