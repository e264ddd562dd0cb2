using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>Gives the live side what its memory lacks, from the database.</summary>
public sealed class RoomHistory(SqlReader sql, MessageList messages, MessageHtml html, RoomHeading heading) : IRoomHistory
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
            select {MessageSql.Columns}, e.seq, e.kind, r.name, e.message_seq from events e
            join rooms r on r.id = e.room_id
            left join messages m on m.room_id = e.room_id and m.seq = e.message_seq
            left join people p on p.id = m.author_id
            where e.room_id = @room and e.seq > @after order by e.seq limit @limit
            """,
            row => (Seq: row.GetInt64(MessageSql.ColumnCount), Kind: (RoomChange)row.GetInt32(MessageSql.ColumnCount + 1), Message: row.IsDBNull(0) ? null : MessageSql.Read(row), RoomName: row.GetString(MessageSql.ColumnCount + 2), Gone: row.IsDBNull(MessageSql.ColumnCount + 3) ? null as long? : row.GetInt64(MessageSql.ColumnCount + 3)),
            ct, ("@room", room.Value), ("@after", after), ("@limit", limit));

        var events = new List<LogEvent>(stored.Count);
        foreach (var (seq, kind, message, name, gone) in stored)
        {
            events.Add(
                message is not null ? await html.EventAsync(message, seq, kind, ct) :
                gone is { } about ? MessageHtml.GoneEvent(about, seq) : await heading.EventAsync(seq, name, ct));
        }
        return events;
    }

    public async Task<ListSnapshot> SnapshotAsync(RoomId room, long from, CancellationToken ct)
    {
        // The number first: the list may then show more than it says, which is repeated harmlessly, but never less.
        var head = await HeadAsync(room, ct);
        var page = await messages.BeforeAsync(room, before: null, from, ct);
        var names = await sql.AllAsync($"select name from rooms where id = @room and kind <> {RoomKind.Direct:D}", row => row.GetString(0), ct, ("@room", room.Value));
        return new ListSnapshot(head, await html.ListAsync(page, ct), page.RecentId, names is [var name] ? await heading.RenderAsync(name, ct) : null);
    }
}
