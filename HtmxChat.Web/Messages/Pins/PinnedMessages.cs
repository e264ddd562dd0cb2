using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Pins;

/// <summary>A pinned message.</summary>
/// <param name="By">What who pinned it is called now.</param>
public sealed record PinnedMessage(Message Message, string By);

/// <summary>What is pinned in a room.</summary>
public sealed class PinnedMessages(SqlReader sql)
{
    /// <summary>All that somebody may read, the newest pin first.</summary>
    public Task<List<PinnedMessage>> ListAsync(RoomAccess access, CancellationToken ct) => sql.AllAsync(
        $"""
        select {MessageSql.Columns}, coalesce(pinner.display_name, '') from messages m {MessageSql.Author} {MessageSql.Answered}
        left join people pinner on pinner.id = m.pinned_by_id
        where m.room_id = @room and m.pinned_at_ms is not null and {MessageSql.Readable} order by m.pinned_at_ms desc, m.seq desc
        """,
        row => new PinnedMessage(MessageSql.Read(row), row.GetString(MessageSql.ColumnCount)), ct, ("@room", access.Room.Id.Value), ("@from", access.FromSeq));

    /// <summary>How many there are, as it stands above the messages.</summary>
    public async Task<OutsideElement> SignAsync(RoomId room, CancellationToken ct) => PinSign.Of((await sql.AllAsync(
        $"select {PinSql.Count} from rooms r where r.id = @room", row => row.GetInt32(0), ct, ("@room", room.Value))).SingleOrDefault());
}
