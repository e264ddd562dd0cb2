using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Rooms;

public sealed class AllRoomsTests(SharedSite shared)
{
    [Fact]
    public async Task Rooms_that_are_hidden_or_archived_are_found_there_and_no_longer_in_the_list()
    {
        var (hidden, archived) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        Assert.True(await ListsAsync(hidden) && await ListsAsync(archived));

        await shared.Bob.SubmitAsync($"/rooms/{hidden}/about", ("Involvement", "Hidden"));
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{archived}/settings"), $"/rooms/{archived}/settings?handler=Archive");

        Assert.False(await ListsAsync(hidden) || await ListsAsync(archived));
        var page = await shared.Bob.GetAsync("/rooms");
        Assert.Equal("Hidden from your list", page.Only($"main li:has([href='/rooms/{hidden}'])").ParentElement!.PreviousElementSibling!.TextContent);
        Assert.Equal("Archived", page.Only($"main li:has([href='/rooms/{archived}'])").ParentElement!.PreviousElementSibling!.TextContent);
    }

    [Fact]
    public async Task Closed_rooms_of_others_are_not_there()
    {
        var closed = (await shared.Ann.SubmitAsync("/rooms/new", ("Name", "Only Ann's"), ("Closed", "true"))).Location!.Replace("/about", "", StringComparison.Ordinal);

        Assert.Single((await shared.Ann.GetAsync("/rooms")).Page.QuerySelectorAll($"main [href='{closed}']"));
        Assert.Empty((await shared.Bob.GetAsync("/rooms")).Page.QuerySelectorAll($"main [href='{closed}']"));
    }

    async Task<bool> ListsAsync(RoomId room) => (await shared.Bob.GetAsync("/rooms/1")).Page.QuerySelectorAll($"#room-list [href='/rooms/{room}']").Length > 0;
}
