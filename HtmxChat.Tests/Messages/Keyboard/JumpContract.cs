using System.Net;

namespace HtmxChat.Tests.Messages.Keyboard;

/// <summary>Where somebody can jump to, on both databases.</summary>
public abstract class JumpContract(SharedSite shared)
{
    static int people;

    [Fact]
    public async Task What_is_unread_comes_first_then_where_something_was_said_last_and_where_one_is_at_the_end()
    {
        await using var site = await shared.StartAnotherAsync(); // where nobody else makes rooms: no more than some are shown
        var ann = await site.SetUpByAnnAsync();
        var eve = await site.JoinAsync(ann, "Eve");
        var (early, late, unread) = (await eve.NewRoomAsync("Early"), await eve.NewRoomAsync("Late"), await eve.NewRoomAsync("Unread"));
        await eve.SayAsync(unread, "First.");
        await eve.SayAsync(early, "Second.");
        await eve.SayAsync(late, "Third.");
        await ann.SayAsync(unread, "Since then.");
        await eve.GetAsync($"/rooms/{late}");

        var places = await ShownAsync(eve, "/jump");

        Assert.Equal("Unread", places[0]);
        Assert.True(places.IndexOf("Early") > 0);
        Assert.Equal("Late", places[^1]);
    }

    [Fact]
    public async Task Rooms_are_found_by_any_part_of_their_name_and_the_nearest_comes_first()
    {
        var (eve, _) = await NewPersonAsync("Eve");
        foreach (var name in new[] { $"zz The qux{people}", $"Qux{people} garden", $"Aqux{people}" }) await eve.NewRoomAsync(name);

        Assert.Equal([$"Qux{people} garden", $"zz The qux{people}", $"Aqux{people}"], await ShownAsync(eve, $"/jump?q=QUX{people}"));
        Assert.Empty(await ShownAsync(eve, "/jump?q=%25"));
        Assert.Equal("Nothing is called that.", (await eve.GetAsync("/jump?q=%3Cb%3E")).TextOf("#found"));
    }

    [Fact]
    public async Task Nobody_is_shown_a_room_that_they_may_not_enter()
    {
        var (eve, _) = await NewPersonAsync("Eve");
        var name = $"Hush {people}";
        await eve.NewClosedRoomAsync(name);

        Assert.Equal([name], await ShownAsync(eve, $"/jump?q={Uri.EscapeDataString(name)}"));
        Assert.Empty(await ShownAsync(shared.Bob, $"/jump?q={Uri.EscapeDataString(name)}"));
        Assert.DoesNotContain(name, await ShownAsync(shared.Bob, "/jump"));
    }

    [Fact]
    public async Task A_person_is_found_by_name_or_handle_and_once_talked_to_as_a_room()
    {
        var (eve, _) = await NewPersonAsync("Eve");
        var (_, name) = await NewPersonAsync("Quentin");
        var found = await eve.GetAsync($"/jump?q={Uri.EscapeDataString(name)}");
        Assert.Equal(name, found.TextOf("button .name"));
        Assert.Equal(name, (await eve.GetAsync($"/jump?q=@{name.Replace(' ', '.')}")).TextOf("button .name"));

        var opened = await eve.SubmitAsync(found, "/direct/new", ("With", found.Only("button[name=With]").GetAttribute("value")!));

        Assert.Equal(HttpStatusCode.Redirect, opened.Status);
        var again = await eve.GetAsync($"/jump?q={Uri.EscapeDataString(name)}");
        Assert.Equal([name], again.Page.QuerySelectorAll("#found .name").Select(n => n.TextContent));
        Assert.Equal(opened.Location, again.Only("#found a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_box_over_a_page_is_given_what_was_found_and_no_page()
    {
        var part = await shared.Bob.GetAsync("/jump?q=lob", ("HX-Request", "true"));
        Assert.Empty(part.Page.QuerySelectorAll("title, form[role=search]"));
        Assert.NotEmpty(part.Page.QuerySelectorAll(".destinations a"));
        Assert.Contains("HX-Request", part.Header("Vary"), StringComparison.Ordinal);

        Assert.Equal("Keys", (await shared.Bob.GetAsync("/help/keys", ("HX-Request", "true"))).TextOf("h2#box-title"));
        Assert.Equal("Keys", (await shared.Bob.GetAsync("/help/keys")).TextOf("h1"));
    }

    static async Task<List<string>> ShownAsync(Browser person, string path) => [.. (await person.GetAsync(path)).Page.QuerySelectorAll("#found .name").Select(n => n.TextContent)];

    async Task<(Browser Browser, string Name)> NewPersonAsync(string first)
    {
        var name = $"{first} {Interlocked.Increment(ref people)}";
        return (await shared.Site.JoinAsync(shared.Ann, name), name);
    }
}

public sealed class SqliteJumpTests(SharedSite shared) : JumpContract(shared);

public sealed class PostgresJumpTests(PostgresSite shared) : JumpContract(shared), IClassFixture<PostgresSite>;
