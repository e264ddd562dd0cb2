using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Pins;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>Gives the live side what its memory lacks, from the database.</summary>
public sealed class RoomHistory(SqlReader sql, MessageList messages, MessageHtml html, RoomSigns signs) : IRoomHistory
{
    public async Task<long> HeadAsync(RoomId room, CancellationToken ct) =>
        (await sql.AllAsync("select last_seq from rooms where id = @room", row => row.GetInt64(0), ct, ("@room", room.Value))).SingleOrDefault();

    public async Task<IReadOnlyDictionary<RoomId, long>> HeadsAsync(IReadOnlyCollection<RoomId> rooms, CancellationToken ct)
    {
        // The list holds numbers only, so it can stand in the text.
        var heads = await sql.AllAsync(
            $"select id, last_seq from rooms where id in ({string.Join(',', rooms)})",
            row => (Room: new RoomId(row.GetInt64(0)), Head: row.GetInt64(1)), ct);
        return heads.ToDictionary(x => x.Room, x => x.Head);
    }

    public async Task<IReadOnlyList<LogEvent>> EventsAsync(RoomId room, long after, int limit, CancellationToken ct)
    {
        var stored = await sql.AllAsync(
            $"""
            select {MessageSql.Columns}, e.seq, e.kind, e.message_seq, {RoomSql.Columns},
              case when e.kind = {RoomChange.PinsChanged:D} then {PinSql.Count} end
            from events e
            join rooms r on r.id = e.room_id
            left join messages m on m.room_id = e.room_id and m.seq = e.message_seq
            left join people p on p.id = m.author_id
            {MessageSql.Answered}
            where e.room_id = @room and e.seq > @after order by e.seq limit @limit
            """,
            row => (Seq: row.GetInt64(MessageSql.ColumnCount), Kind: (RoomChange)row.GetInt32(MessageSql.ColumnCount + 1), Message: row.IsDBNull(0) ? null : MessageSql.Read(row), About: row.IsDBNull(MessageSql.ColumnCount + 2) ? null as long? : row.GetInt64(MessageSql.ColumnCount + 2), Room: row.IsDBNull(0) ? RoomSql.Read(row, MessageSql.ColumnCount + 3) : null, Pins: row.IsDBNull(MessageSql.ColumnCount + 3 + RoomSql.ColumnCount) ? null as int? : row.GetInt32(MessageSql.ColumnCount + 3 + RoomSql.ColumnCount)),
            ct, ("@room", room.Value), ("@after", after), ("@limit", limit));

        var events = new List<LogEvent>(stored.Count);
        foreach (var (seq, kind, message, about, now, pins) in stored)
        {
            events.Add(
                message is not null ? await html.EventAsync(message, seq, kind, ct) :
                about is { } gone ? MessageHtml.GoneEvent(gone, seq) :
                pins is { } count ? PinSign.Event(count, seq) : await signs.EventAsync(now!, seq, kind, ct));
        }
        return events;
    }

    public async Task<ListSnapshot> SnapshotAsync(RoomId room, long from, CancellationToken ct)
    {
        // The number first: the list may then show more than it says, which is repeated harmlessly, but never less.
        var head = await HeadAsync(room, ct);
        var page = await messages.BeforeAsync(room, before: null, from, ct);
        var rooms = await sql.AllAsync(
            $"select {RoomSql.Columns}, {PinSql.Count} from rooms r where r.id = @room",
            row => (RoomSql.Read(row, first: 0), row.GetInt32(RoomSql.ColumnCount)), ct, ("@room", room.Value));
        return new ListSnapshot(head, await html.ListAsync(page, ct), page.RecentId, await SignsAsync(rooms, ct));
    }

    // A direct room has another name for each of its people, and there is nothing to be said of who writes.
    async Task<IReadOnlyList<OutsideElement>> SignsAsync(IReadOnlyList<(Room Room, int Pins)> rooms, CancellationToken ct) => rooms switch
    {
        [({ Kind: RoomKind.Direct }, var pins)] => [PinSign.Of(pins)],
        [var (room, pins)] => [await signs.HeadingAsync(room, ct), await signs.WritersAsync(room, ct), PinSign.Of(pins)],
        _ => [],
    };
}
