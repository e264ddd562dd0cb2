using System.Net;

namespace HtmxChat.Tests.Rooms;

public sealed class NewRoomTests(SharedSite shared)
{
    [Fact]
    public async Task A_new_room_is_shown_with_its_topic_and_stands_in_everybodys_list()
    {
        var room = await shared.Bob.NewRoomAsync("  Kitchen  table ", "Who cooks");

        var page = await shared.Bob.GetAsync($"/rooms/{room}");
        Assert.Equal(("Kitchen table", "Who cooks"), (page.TextOf("h1"), page.TextOf(".topic")));
        Assert.Equal("Kitchen table", (await shared.Ann.GetAsync("/rooms/1")).TextOf($"#rooms a[href='/rooms/{room}']"));
    }

    [Theory]
    [InlineData("LOBBY", "", "There is already a room called LOBBY.")]
    [InlineData("", "About nothing", "Please give the room a name.")]
    [InlineData("Attic", "too long", "That topic has 208 characters; please use at most 200.")]
    public async Task What_cannot_be_taken_is_refused_in_words_and_kept(string name, string about, string words)
    {
        if (about == "too long") about = string.Concat(Enumerable.Repeat("too long", 26));

        var answer = await shared.Bob.SubmitAsync("/rooms/new", ("Name", name), ("About", about));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(words, string.Concat(answer.Page.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim())));
        Assert.Equal((name, about), (answer.Field("Name") ?? "", answer.Field("About") ?? ""));
    }

    [Fact]
    public async Task Of_several_who_make_the_same_room_at_once_one_makes_it()
    {
        var form = await shared.Bob.GetAsync("/rooms/new");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shared.Bob.SubmitAsync(form, "/rooms/new", ("Name", "Cellar"))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Redirect), a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.Status));
    }
}
