using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// Calling everybody in a room at once, by <c>@room</c>: in a closed or direct room its members, in an open one those who are
/// here, because it has no others. The room is set so that all may who write in it, or only its owner and administrators.
/// </summary>
public sealed class RoomCall(SqlReader sql, Attendance attendance)
{
    /// <summary>In rooms with more people guests do not call everybody.</summary>
    public const int MostForGuests = 20;

    // So many are called at most where they are called by being here.
    const int MostHere = 500;

    /// <summary>Who is here, to be called in an open room.</summary>
    public IReadOnlyCollection<PersonId> Here => attendance.Here(MostHere);

    /// <summary>Why somebody may not call everybody in a room; null when they may.</summary>
    public async Task<Refusal?> RefuseAsync(RoomAccess access, PersonId person, CancellationToken ct)
    {
        if (access.MayManage || access.Room.Kind == RoomKind.Direct) return null;

        var (rule, role, count) = (await sql.AllAsync(
            $"""
            select r.calling_all, p.role, case when p.role <> {Role.Guest:D} then 0 when r.kind = {RoomKind.Open:D} then (select count(*) from people where standing = {Standing.Active:D})
              else (select count(*) from memberships m where m.room_id = r.id) end
            from rooms r join people p on p.id = @person where r.id = @room
            """,
            row => ((PostingRule)row.GetInt32(0), (Role)row.GetInt32(1), row.GetInt64(2)), ct, ("@room", access.Room.Id.Value), ("@person", person.Value))).SingleOrDefault();
        return
            rule != PostingRule.Everybody ? new("In this room only its owner and administrators call everybody by @room. Your text is kept; `@room` in backticks calls nobody.") :
            role == Role.Guest && count > MostForGuests ? new($"Guests do not call everybody in rooms with more than {MostForGuests} people. Your text is kept; `@room` in backticks calls nobody.") : null;
    }
}
