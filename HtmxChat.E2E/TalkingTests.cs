using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

[Collection(typeof(Timed))]
public sealed class TalkingTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Two_tabs_of_one_person_hear_each_other()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();
        var second = await ann.SecondTabAsync();
        await second.EnterAsync();

        await ann.SayAsync("from the first tab");
        await second.SayAsync("from the second tab");

        foreach (var tab in new[] { ann, second })
        {
            await tab.SeesAsync("from the first tab");
            await tab.SeesAsync("from the second tab");
        }
    }

    [Fact]
    public async Task Two_people_hear_each_other_and_the_next_room_hears_nothing()
    {
        var bob = await site.JoinAsync("Bob");
        var cleo = await site.JoinAsync("Cleo");
        var room = await bob.CreateRoomAsync("Garden", "what grows");
        await bob.BecomesLiveAsync();
        await cleo.EnterAsync(room);
        var elsewhere = await site.AnnAsync();
        await elsewhere.EnterAsync(Site.Lobby);

        await bob.SayAsync("are the beans up?");
        await cleo.SeesAsync("are the beans up?");
        await cleo.SayAsync("since Tuesday");
        await bob.SeesAsync("since Tuesday");

        // What was said in the other room before has had its chance to arrive by the time this one has.
        await elsewhere.SayAsync("quiet here");
        await elsewhere.SeesAsync("quiet here");
        Assert.DoesNotContain("are the beans up?", await elsewhere.TextsAsync());
        Assert.DoesNotContain("since Tuesday", await elsewhere.TextsAsync());
    }

    [Fact]
    public async Task A_message_stands_in_every_tab_within_a_second()
    {
        var bob = await site.JoinAsync("Punctual");
        var room = await bob.CreateRoomAsync("Clockwork");
        await bob.BecomesLiveAsync();
        var cleo = await site.JoinAsync("Patient");
        await cleo.EnterAsync(room);

        await bob.SayAsync("warming up");
        await cleo.SeesAsync("warming up");

        await bob.SayAsync("now");
        await Task.WhenAll(bob.SeesAsync("now", within: 1000), cleo.SeesAsync("now", within: 1000));
        await Expect(bob.Unsent).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Rooms_are_listed_and_switched()
    {
        var dora = await site.JoinAsync("Dora");
        await dora.CreateRoomAsync("Kitchen", "who cooks");
        await Expect(dora.Page.Locator(".topic")).ToHaveTextAsync("who cooks");

        await dora.Page.ClickAsync("#rooms >> text=Lobby");

        await Expect(dora.Page.Locator("h1")).ToHaveTextAsync("Lobby");
        await Expect(dora.Page.Locator("#rooms [aria-current=page]")).ToHaveTextAsync("Lobby");
        await dora.Page.GotoAsync("/");
        await Expect(dora.Page.Locator("h1")).ToHaveTextAsync("Lobby");
    }
}
