namespace HtmxChat.Tests.Rooms;

public sealed class IndexTests(SharedSite shared)
{
    [Fact]
    public async Task The_front_door_leads_to_the_room_that_this_browser_showed_last_and_at_first_to_the_oldest()
    {
        var room = await shared.NewRoomAsync();
        var bob = await shared.Site.SignInAsync("Bob");
        Assert.Equal("/rooms/1", (await bob.GetAsync("/")).Location);

        await bob.GetAsync($"/rooms/{room}");

        Assert.Equal($"/rooms/{room}", (await bob.GetAsync("/")).Location);
    }
}
