using System.Net;
using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Messages;

public sealed class OlderMessagesTests(SharedSite shared)
{
    const int Pages = 3;

    static readonly string[] Said = [.. Enumerable.Range(1, (Pages - 1) * MessageList.PageSize + 5).Select(n => $"Line {n}.")];

    [Theory]
    [InlineData("href")]
    [InlineData("hx-get")]
    public async Task Following_the_link_to_older_messages_shows_every_message_once_down_to_the_first(string link)
    {
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, Said);
        var seen = new List<string>();

        var pages = 0;
        for (var at = $"/rooms/{room}"; at is not null && pages <= Pages; pages++)
        {
            var page = await shared.Bob.GetAsync(at);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            seen.InsertRange(0, page.Messages);
            at = page.Page.QuerySelector(".older [rel=prev]")?.GetAttribute(link);
        }

        Assert.Equal(Said, seen);
        Assert.Equal(Pages, pages);
    }

    [Fact]
    public async Task What_is_said_meanwhile_moves_no_older_page()
    {
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, Said);
        var before = await shared.Bob.GetAsync($"/rooms/{room}/older?before=41");

        await shared.Ann.SayAsync(room, "Meanwhile.");

        Assert.Equal(before.Text, (await shared.Bob.GetAsync($"/rooms/{room}/older?before=41")).Text);
        Assert.Equal(Said[..40], before.Messages);
    }

    [Fact]
    public async Task The_beginning_of_the_room_says_so_and_links_nowhere()
    {
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, Said[..MessageList.PageSize]);

        var page = await shared.Bob.GetAsync($"/rooms/{room}");

        Assert.Equal("This is where the room begins.", page.TextOf("#messages .older"));
        Assert.Empty(page.Page.QuerySelectorAll(".older a"));
    }

    [Fact]
    public async Task A_page_of_older_messages_is_neither_live_nor_written_in_but_leads_back()
    {
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, "One.", "Two.");
        Assert.Equal($"/rooms/{room}/live", (await shared.Bob.GetAsync($"/rooms/{room}")).Only("#live").GetAttribute("data-live"));

        var older = await shared.Bob.GetAsync($"/rooms/{room}?before=2");

        Assert.Equal(["One."], older.Messages);
        Assert.Equal("", older.Only("#live").GetAttribute("data-live"));
        Assert.Empty(older.Page.QuerySelectorAll("main textarea, iframe"));
        Assert.Equal($"/rooms/{room}", older.Only(".onward a").GetAttribute("href"));
    }
}
