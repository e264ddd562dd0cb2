using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>A stretch of a room's messages, oldest first.</summary>
/// <param name="OlderThan">Where the stretch before this one ends; null when this one is the room's beginning.</param>
public sealed record MessagePage(RoomId Room, IReadOnlyList<Message> Messages, long? OlderThan)
{
    /// <summary>Where the stretch after this one begins; null at the room's end.</summary>
    public long? NewerThan { get; init; }

    const int Recent = 6;

    /// <summary>The id of the element from where on a text browser has the newest messages on one screen; null when there are none.</summary>
    public string? RecentId => Messages.Count == 0 ? null : Messages[Math.Max(0, Messages.Count - Recent)].ElementId;
}

/// <summary>Reads messages by keyset paging: as fast in a long room as in a short one.</summary>
public sealed class MessageList(SqlReader sql)
{
    /// <summary>How many messages a page shows.</summary>
    public const int PageSize = 40;

    /// <summary>How many are shown before a message, and after it, to show where it stands.</summary>
    public const int Surroundings = 25;

    /// <summary>The messages before a number; the newest when it is null.</summary>
    /// <param name="from">The first that may be seen; 0 when all may.</param>
    public async Task<MessagePage> BeforeAsync(RoomId room, long? before, long from, CancellationToken ct)
    {
        var newestFirst = await DownFromAsync(room, before ?? long.MaxValue, from, PageSize + 1, ct);
        var hasOlder = newestFirst.Count > PageSize;
        List<Message> messages = [.. newestFirst.Take(PageSize).Reverse()];
        return new MessagePage(room, messages, hasOlder ? messages[0].Seq : null) { NewerThan = before is null || messages.Count == 0 ? null : messages[^1].Seq };
    }

    /// <summary>The messages after a number.</summary>
    /// <param name="from">The first that may be seen; 0 when all may.</param>
    public async Task<MessagePage> AfterAsync(RoomId room, long after, long from, CancellationToken ct)
    {
        var found = await FromAsync(room, Math.Max(Math.Min(after, long.MaxValue - 1) + 1, from), PageSize + 1, ct);
        var isBeginning = after < Math.Max(from, 1);
        return new MessagePage(room, [.. found.Take(PageSize)], isBeginning ? null : found.Count > 0 ? found[0].Seq : after) { NewerThan = found.Count > PageSize ? found[PageSize - 1].Seq : null };
    }

    /// <summary>A message with what was said before and after it; null when there is none, or it was deleted.</summary>
    /// <param name="from">The first that may be seen; 0 when all may.</param>
    public async Task<MessagePage?> AroundAsync(RoomId room, long seq, long from, CancellationToken ct)
    {
        if (seq < from || await FromAsync(room, seq, Surroundings + 2, ct) is not [{ IsDeleted: false } message, ..] newer || message.Seq != seq) return null;

        var older = await DownFromAsync(room, seq, from, Surroundings + 1, ct);
        List<Message> messages = [.. older.Take(Surroundings).Reverse(), .. newer.Take(Surroundings + 1)];
        return new MessagePage(room, messages, older.Count > Surroundings ? messages[0].Seq : null)
        {
            NewerThan = newer.Count > Surroundings + 1 ? messages[^1].Seq : null,
        };
    }

    /// <summary>The messages from one number to another.</summary>
    public Task<List<Message>> BetweenAsync(RoomId room, long first, long last, CancellationToken ct) => sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq >= @first and m.seq <= @last order by m.seq",
        MessageSql.Read, ct, ("@room", room.Value), ("@first", first), ("@last", last));

    /// <summary>One message; null when there is none.</summary>
    public async Task<Message?> FindAsync(RoomId room, long seq, CancellationToken ct) => (await sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq = @seq",
        MessageSql.Read, ct, ("@room", room.Value), ("@seq", seq))).SingleOrDefault();

    Task<List<Message>> DownFromAsync(RoomId room, long before, long from, int limit, CancellationToken ct) => sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq < @before and m.seq >= @from order by m.seq desc limit {limit}",
        MessageSql.Read, ct, ("@room", room.Value), ("@before", before), ("@from", from));

    Task<List<Message>> FromAsync(RoomId room, long first, int limit, CancellationToken ct) => sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq >= @first order by m.seq limit {limit}",
        MessageSql.Read, ct, ("@room", room.Value), ("@first", first));
}
