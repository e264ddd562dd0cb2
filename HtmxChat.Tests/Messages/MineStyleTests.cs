using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages;

public sealed class MineStyleTests(SharedSite shared)
{
    [Fact]
    public async Task Every_page_with_messages_has_the_sheet_of_who_reads_it()
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, "One.", "Two.");

        foreach (var path in new[] { $"/rooms/{room}", $"/rooms/{room}/messages/1", $"/rooms/{room}?before=2" })
        {
            Assert.Equal("/mine/1.css", Sheet(await shared.Ann.GetAsync(path)));
            Assert.Equal("/mine/2.css", Sheet(await shared.Bob.GetAsync(path)));
        }
        await using var stream = await shared.Bob.ListenAsync(room, Carrier.Html);
        await stream.HearAsync("/mine/2.css?v=");
    }

    [Fact]
    public async Task It_says_nothing_but_the_number_and_is_kept_for_ever()
    {
        var path = MineStyle.PathOf(new PersonId(2));
        var sheet = (await shared.Site.NewBrowser().GetAsync(path)).HasStatus(HttpStatusCode.OK);

        Assert.Equal(("text/css", "public, max-age=31536000, immutable"), (sheet.Header("Content-Type")!.Split(';')[0], sheet.Header("Cache-Control")));
        foreach (var rule in new[] { "[data-by~=\"2\"]", "[data-calls~=\"2\"]", "[data-calls~=\"*\"]" }) Assert.Contains(rule, sheet.Text, StringComparison.Ordinal);
        Assert.Equal(sheet.Text, (await shared.Site.NewBrowser().GetAsync(MineStyle.PathOf(new PersonId(999)))).Text.Replace("999", "2", StringComparison.Ordinal));
    }

    static string Sheet(Answer page) => page.Only("link[href^='/mine/']").GetAttribute("href")!.Split('?')[0];
}
