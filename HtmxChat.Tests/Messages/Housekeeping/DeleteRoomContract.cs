using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Tests.Messages.Housekeeping;

/// <summary>Deleting a room, as people see it, on either database.</summary>
public abstract class DeleteRoomContract(SharedSite shared)
{
    [Theory]
    [InlineData(RoomKind.Open)]
    [InlineData(RoomKind.Closed)]
    public async Task A_deleted_room_is_gone_at_once_for_everybody_and_its_name_is_free(RoomKind kind)
    {
        var name = $"Gone {Guid.NewGuid():N}";
        var room = kind == RoomKind.Closed ? await shared.Ann.NewClosedRoomAsync(name) : await shared.Ann.NewRoomAsync(name);
        if (kind == RoomKind.Closed) await shared.Ann.AddAsync(room, "2");
        await shared.Bob.SayAsync(room, "The last word.");
        await shared.Ann.SubmitAsync($"/rooms/{room}/messages/1/report", ("Reason", "Look at this."));
        Assert.Contains(name, (await shared.Ann.GetAsync("/admin/reports")).Text, StringComparison.Ordinal);
        await using var listening = await shared.Bob.ListenAsync(room, Carrier.WebSocket, await shared.Bob.PositionAsync(room));

        var answer = await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings?handler=Delete", ("Confirmation", name));

        Assert.Equal("/", answer.Location);
        await listening.HearToTheEndAsync();
        foreach (var person in new[] { shared.Ann, shared.Bob })
        {
            foreach (var path in new[] { "", "/about", "/settings", "/composer", "/live", "/older?before=9", "/members" }) Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/rooms/{room}{path}")).Status);
            Assert.DoesNotContain(name, (await person.GetAsync("/rooms/1")).Text, StringComparison.Ordinal);
        }
        foreach (var path in new[] { "/admin/rooms", "/admin/reports" }) Assert.DoesNotContain(name, (await shared.Ann.GetAsync(path)).Text, StringComparison.Ordinal);
        await shared.Ann.NewRoomAsync(name);
    }
}

public sealed class SqliteDeleteRoomTests(SharedSite shared) : DeleteRoomContract(shared);

public sealed class PostgresDeleteRoomTests(PostgresSite shared) : DeleteRoomContract(shared), IClassFixture<PostgresSite>;
