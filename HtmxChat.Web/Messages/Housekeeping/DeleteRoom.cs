using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>Deletes a room with everything that was said in it. It is gone for everybody at once; its rows go afterwards.</summary>
public sealed class DeleteRoom(GroupCommit writes, RemoveRooms removal, RoomWatch watch, ForwardedMessages forwarded, AuditTrail audit)
{
    public async Task RunAsync(ManagedRoom managed, PersonId by, CancellationToken ct)
    {
        var room = managed.Room;
        await writes.WriteAsync(room.Id, session =>
        {
            QuotedSql.NoteAll(session, room.Id);
            return RoomSql.Delete(session, "id = @room", ("@room", room.Id.Value));
        }, ct);
        await forwarded.HaveChangedAsync(room.Id);
        removal.Begin();
        await watch.ChangedAsync();
        await audit.AddAsync(new AuditAct(AuditKind.RoomDeleted, by, About: room.Name), CancellationToken.None);
    }
}
