using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// Notes, in the transaction of a change, that messages are to be shown anew which pass others on: whatever becomes of this node
/// afterwards, another one or its next start finds it. Where nothing is passed on nothing is noted.
/// </summary>
public static class QuotedSql
{
    /// <summary>Notes that some messages of a room have another text now, or are not there any more.</summary>
    public static void Note(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs)
    {
        // They are numbers, so they can stand in the text.
        if (seqs.Count > 0)
        {
            sql.Execute(
                $"insert into changed_originals (room_id, seq) select distinct forwarded_room_id, forwarded_seq from messages where forwarded_room_id = @room and forwarded_seq in ({string.Join(',', seqs)})",
                ("@room", room.Value));
        }
    }

    /// <summary>Notes that others may read a room than before.</summary>
    public static void NoteAll(SqlSession sql, RoomId room) => sql.Execute(
        "insert into changed_originals (room_id, seq) select r.id, 0 from rooms r where r.id = @room and exists (select 1 from messages m where m.forwarded_seq is not null and (m.forwarded_room_id = r.id or m.room_id = r.id))",
        ("@room", room.Value));
}
