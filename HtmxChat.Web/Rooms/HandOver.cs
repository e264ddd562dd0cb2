using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>Gives a room another owner, who may then change it, archive it and say who is in it.</summary>
public sealed class HandOver(GroupCommit writes, PeopleNames names, RoomWatch watch, AuditTrail audit)
{
    // Of people as p and rooms as r: guests may be gone tomorrow, and nobody gets a closed room to read by owning it.
    static readonly string MayOwn =
        $"p.standing = {Standing.Active:D} and p.role <> {Role.Guest:D} and (r.kind = {RoomKind.Open:D} or exists (select 1 from memberships m where m.room_id = r.id and m.person_id = p.id))";

    /// <summary>What the room's owner is called; null when there is nobody any more who is.</summary>
    public async Task<string?> OwnerAsync(Room room, CancellationToken ct) => (await names.OfAsync([room.Owner], ct)).SingleOrDefault();

    /// <param name="handle">Of the new owner, with or without its @.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Refusal?> RunAsync(ManagedRoom managed, PersonId by, string? handle, CancellationToken ct)
    {
        var wanted = PlainLine.Clean(handle).TrimStart('@');
        if (wanted.Length == 0) return new("Please say who gets the room.");

        if (await writes.WriteAsync(managed.Room.Id, session => Store(session, managed.Room.Id, PlainLine.Key(wanted.Normalize())), ct) is not { } owner)
            return new($"Nobody in this room who could own it has the handle @{wanted}.");

        await watch.ChangedAsync();
        await audit.AddAsync(new AuditAct(AuditKind.RoomHandedOver, by, owner, managed.Room.Name), CancellationToken.None);
        return null;
    }

    static PersonId? Store(SqlSession session, RoomId room, string key)
    {
        // So that the new owner is not taken out of it meanwhile.
        RoomSql.Lock(session, room);
        return session.First(
            $"""
            update rooms as r set created_by_id = p.id from people p
            where r.id = @room and r.kind in ({RoomKind.Open:D}, {RoomKind.Closed:D}) and p.normalized_user_name = @key and {MayOwn}
            returning created_by_id
            """,
            row => (PersonId?)new PersonId(row.GetInt64(0)), ("@room", room.Value), ("@key", key));
    }
}
