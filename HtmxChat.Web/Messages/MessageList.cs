using HtmxChat.Web.Messages.Reading;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>A stretch of the messages of a room, or of one of its threads, oldest first.</summary>
/// <param name="OlderThan">Where the stretch before this one ends; null when this one is the room's beginning.</param>
public sealed record MessagePage(RoomId Room, IReadOnlyList<Message> Messages, long? OlderThan)
{
    /// <summary>Where the stretch after this one begins; null at the room's end.</summary>
    public long? NewerThan { get; init; }

    /// <summary>The first event that its reader may see; 0 when they may see all.</summary>
    public long From { get; init; }

    /// <summary>The message that the thread began with; null where it is the room's own list.</summary>
    public long? Thread { get; init; }

    /// <summary>Whether there was something before the first event that its reader may see.</summary>
    public bool IsCutOff => From > 1;

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
    public Task<MessagePage> BeforeAsync(RoomId room, long? before, long from, CancellationToken ct) => BeforeAsync(new ListedIn(room, Thread: null), before, from, ct);

    /// <summary>The messages after a number.</summary>
    /// <param name="from">The first that may be seen; 0 when all may.</param>
    public Task<MessagePage> AfterAsync(RoomId room, long after, long from, CancellationToken ct) => AfterAsync(new ListedIn(room, Thread: null), after, from, ct);

    /// <summary>A message with what was said before and after it; null when there is none in the room's list, or it was deleted.</summary>
    /// <param name="from">The first that may be seen; 0 when all may.</param>
    public Task<MessagePage?> AroundAsync(RoomId room, long seq, long from, CancellationToken ct) => AroundAsync(new ListedIn(room, Thread: null), seq, from, ct);

    /// <summary>The same of a thread, all of which may be seen by whoever may see where it began.</summary>
    public Task<MessagePage> BeforeInThreadAsync(RoomId room, long thread, long? before, CancellationToken ct) => BeforeAsync(new ListedIn(room, thread), before, from: 0, ct);

    /// <inheritdoc cref="BeforeInThreadAsync"/>
    public Task<MessagePage> AfterInThreadAsync(RoomId room, long thread, long after, CancellationToken ct) => AfterAsync(new ListedIn(room, thread), after, from: 0, ct);

    /// <inheritdoc cref="BeforeInThreadAsync"/>
    public Task<MessagePage?> AroundInThreadAsync(RoomId room, long thread, long seq, CancellationToken ct) => AroundAsync(new ListedIn(room, thread), seq, from: 0, ct);

    /// <summary>What others have said in a room after an event; null when that is nothing.</summary>
    /// <param name="viewer">To whom it is new.</param>
    public async Task<FreshMessages?> FreshAsync(RoomAccess access, PersonId viewer, long after, CancellationToken ct)
    {
        var found = await sql.AllAsync(
            $"""
            select min(seq), count(*) from (
              select m.seq from messages m where m.room_id = @room and m.seq > @after and m.seq >= @from and m.author_id <> @viewer and m.deleted_at_ms is null and {MessageSql.InRoom}
              order by m.seq limit {FreshMessages.MostCounted}) as fresh
            """,
            row => row.IsDBNull(0) ? null : new FreshMessages(after, row.GetInt64(0), row.GetInt32(1)),
            ct, ("@room", access.Room.Id.Value), ("@after", after), ("@from", access.FromSeq), ("@viewer", viewer.Value));
        return found.Single();
    }

    /// <summary>The messages of the room's list from one number to another.</summary>
    public Task<List<Message>> BetweenAsync(RoomId room, long first, long last, CancellationToken ct) => sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq >= @first and m.seq <= @last and {MessageSql.InRoom} order by m.seq",
        MessageSql.Read, ct, ("@room", room.Value), ("@first", first), ("@last", last));

    /// <summary>One message, whoever may read it; null when there is none.</summary>
    public async Task<Message?> FindAsync(RoomId room, long seq, CancellationToken ct) => (await sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq = @seq",
        MessageSql.Read, ct, ("@room", room.Value), ("@seq", seq))).SingleOrDefault();

    /// <summary>One message as somebody may read it; null when there is none for them, or it was deleted.</summary>
    public async Task<Message?> FindShownAsync(RoomAccess access, long seq, CancellationToken ct) =>
        await FindPlaceAsync(access, seq, ct) is { IsDeleted: false } message ? message : null;

    /// <summary>The same, also where it was deleted: its place is there still.</summary>
    public async Task<Message?> FindPlaceAsync(RoomAccess access, long seq, CancellationToken ct) => (await sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and m.seq = @seq and {MessageSql.Readable}",
        MessageSql.Read, ct, ("@room", access.Room.Id.Value), ("@seq", seq), ("@from", access.FromSeq))).SingleOrDefault();

    /// <summary>A list of messages: a room's own, or that of one of its threads.</summary>
    readonly record struct ListedIn(RoomId Room, long? Thread)
    {
        public string Which => Thread is null ? MessageSql.InRoom : "m.thread_seq = @thread";

        public (string, object?)[] With(params ReadOnlySpan<(string, object?)> parameters) =>
            Thread is { } thread ? [("@room", Room.Value), ("@thread", thread), .. parameters] : [("@room", Room.Value), .. parameters];
    }

    async Task<MessagePage> BeforeAsync(ListedIn list, long? before, long from, CancellationToken ct)
    {
        var newestFirst = await DownFromAsync(list, before ?? long.MaxValue, from, PageSize + 1, ct);
        var hasOlder = newestFirst.Count > PageSize;
        List<Message> messages = [.. newestFirst.Take(PageSize).Reverse()];
        return new MessagePage(list.Room, messages, hasOlder ? messages[0].Seq : null)
        {
            From = from,
            Thread = list.Thread,
            NewerThan = before is null || messages.Count == 0 ? null : messages[^1].Seq,
        };
    }

    async Task<MessagePage> AfterAsync(ListedIn list, long after, long from, CancellationToken ct)
    {
        var found = await FromAsync(list, Math.Max(Math.Min(after, long.MaxValue - 1) + 1, from), PageSize + 1, ct);
        var isBeginning = after < Math.Max(from, 1);
        return new MessagePage(list.Room, [.. found.Take(PageSize)], isBeginning ? null : found.Count > 0 ? found[0].Seq : after)
        {
            From = from,
            Thread = list.Thread,
            NewerThan = found.Count > PageSize ? found[PageSize - 1].Seq : null,
        };
    }

    async Task<MessagePage?> AroundAsync(ListedIn list, long seq, long from, CancellationToken ct)
    {
        if (seq < from || await FromAsync(list, seq, Surroundings + 2, ct) is not [{ IsDeleted: false } message, ..] newer || message.Seq != seq) return null;

        var older = await DownFromAsync(list, seq, from, Surroundings + 1, ct);
        List<Message> messages = [.. older.Take(Surroundings).Reverse(), .. newer.Take(Surroundings + 1)];
        return new MessagePage(list.Room, messages, older.Count > Surroundings ? messages[0].Seq : null)
        {
            From = from,
            Thread = list.Thread,
            NewerThan = newer.Count > Surroundings + 1 ? messages[^1].Seq : null,
        };
    }

    Task<List<Message>> DownFromAsync(ListedIn list, long before, long from, int limit, CancellationToken ct) => sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and {list.Which} and m.seq < @before and m.seq >= @from order by m.seq desc limit {limit}",
        MessageSql.Read, ct, list.With(("@before", before), ("@from", from)));

    Task<List<Message>> FromAsync(ListedIn list, long first, int limit, CancellationToken ct) => sql.AllAsync(
        $"{MessageSql.Select} where m.room_id = @room and {list.Which} and m.seq >= @first order by m.seq limit {limit}",
        MessageSql.Read, ct, list.With(("@first", first)));
}
