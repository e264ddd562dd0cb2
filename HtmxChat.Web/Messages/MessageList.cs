using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>A stretch of a room's messages, oldest first.</summary>
/// <param name="OlderThan">Where the stretch before this one ends; null when this one is the room's beginning.</param>
public sealed record MessagePage(RoomId Room, IReadOnlyList<Message> Messages, long? OlderThan)
{
    const int Recent = 6;

    /// <summary>The id of the element from where on a text browser has the newest messages on one screen; null when there are none.</summary>
    public string? RecentId => Messages.Count == 0 ? null : Messages[Math.Max(0, Messages.Count - Recent)].ElementId;
}

/// <summary>Reads messages by keyset paging: as fast in a long room as in a short one.</summary>
public sealed class MessageList(SqlReader sql)
{
    /// <summary>How many messages a page shows.</summary>
    public const int PageSize = 40;

    /// <summary>The messages before a number; the newest when it is null.</summary>
    /// <param name="from">The first that may be seen; 0 when all may.</param>
    public async Task<MessagePage> BeforeAsync(RoomId room, long? before, long from, CancellationToken ct)
    {
        var newestFirst = await sql.AllAsync(
            $"{MessageSql.Select} where m.room_id = @room and m.seq < @before and m.seq >= @from order by m.seq desc limit {PageSize + 1}",
            MessageSql.Read, ct, ("@room", room.Value), ("@before", before ?? long.MaxValue), ("@from", from));

        var hasOlder = newestFirst.Count > PageSize;
        List<Message> messages = [.. newestFirst.Take(PageSize).Reverse()];
        return new MessagePage(room, messages, hasOlder ? messages[0].Seq : null);
    }

    /// <summary>One message; null when there is none.</summary>
    public async Task<Message?> FindAsync(RoomId room, long seq, CancellationToken ct) => (await sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq = @seq",
        MessageSql.Read, ct, ("@room", room.Value), ("@seq", seq))).SingleOrDefault();
}
