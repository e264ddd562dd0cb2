using System.Net;

namespace HtmxChat.Tests.Rooms;

public sealed class NewDirectTests(SharedSite shared)
{
    [Fact]
    public async Task Whoever_has_chosen_nobody_is_asked_to_choose()
    {
        var answer = await shared.Bob.SubmitAsync("/direct/new");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Please choose at least one person."), (answer.Status, answer.TextOf(".validation-summary-errors")));
    }

    [Fact]
    public async Task Somebody_can_talk_to_themselves()
    {
        var form = await shared.Bob.GetAsync("/direct/new");
        var me = form.Page.QuerySelectorAll(".people label").Single(l => l.TextContent.Contains("for notes to yourself", StringComparison.Ordinal)).QuerySelector("input")!.GetAttribute("value")!;

        var room = (await shared.Bob.SubmitAsync("/direct/new", ("With", me))).Location!;

        Assert.Equal("Bob", (await shared.Bob.GetAsync(room)).TextOf("#room-name"));
    }
}
