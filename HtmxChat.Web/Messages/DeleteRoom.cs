using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>Deletes a room with everything that was said in it. It is gone for everybody at once; its rows go afterwards.</summary>
public sealed class DeleteRoom(GroupCommit writes, RemoveRooms removal, RoomWatch watch, AuditTrail audit)
{
    public async Task RunAsync(ManagedRoom managed, PersonId by, CancellationToken ct)
    {
        var room = managed.Room;
        await writes.WriteAsync(room.Id, session => RoomSql.Delete(session, "id = @room", ("@room", room.Id.Value)), ct);
        removal.Begin();
        await watch.ChangedAsync();
        await audit.AddAsync(new AuditAct(AuditKind.RoomDeleted, by, About: room.Name), CancellationToken.None);
    }
}
