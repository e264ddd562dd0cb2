using HtmxChat.Web.Rooms;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.World;

/// <summary>Reads public rooms for the world. What was deleted leaves no trace there.</summary>
public sealed class WorldReading(SqlReader sql, MessageList messages)
{
    // On the room's own page, and up to a page's numbers more.
    const int Newest = 40;

    // A page that begins in the midst of others has at least so many numbers.
    const int FewestNumbers = 25;

    const string Visible = $"m.room_id = @room and m.seq >= @from and m.deleted_at_ms is null and {MessageSql.InRoom}";

    /// <summary>The room's end.</summary>
    public async Task<WorldStretch> NewestAsync(RoomAccess access, CancellationToken ct)
    {
        var newest = await sql.AllAsync($"select m.seq from messages m where {Visible} order by m.seq desc limit {Newest}", row => row.GetInt64(0), ct, Parameters(access));
        return await BetweenAsync(access, newest.Count == 0 ? 0 : WorldStretch.StartOf(newest[^1]), long.MaxValue, ct);
    }

    /// <summary>What was said before a number; null when there is nothing.</summary>
    public async Task<WorldStretch?> BeforeAsync(RoomAccess access, long before, CancellationToken ct)
    {
        if (await DownFromAsync(access, before, ct) is { Messages.Count: > 0 } stretch) return stretch;

        return await OlderAsync(access, before, ct) is { } older ? await DownFromAsync(access, older + 1, ct) : null;
    }

    /// <summary>What was said after a number; null when there is nothing.</summary>
    public async Task<WorldStretch?> AfterAsync(RoomAccess access, long after, CancellationToken ct)
    {
        if (await NewerAsync(access, after, ct) is not { } newer) return null;

        var start = Math.Max(after, WorldStretch.StartOf(newer));
        return await BetweenAsync(access, start, WorldStretch.StartOf(start + FewestNumbers) + WorldStretch.Numbers, ct);
    }

    /// <summary>A message with its surroundings; null when there is none.</summary>
    public async Task<WorldStretch?> AroundAsync(RoomAccess access, long seq, CancellationToken ct)
    {
        if (await messages.AroundAsync(access.Room.Id, seq, access.FromSeq, ct) is not { } page) return null;

        var stretch = await BetweenAsync(access, page.Messages[0].Seq - 1, page.Messages[^1].Seq, ct);
        return stretch.Messages.SingleOrDefault(m => m.Seq == seq) is { } message ? stretch with { Marked = message } : null;
    }

    Task<WorldStretch> DownFromAsync(RoomAccess access, long before, CancellationToken ct)
    {
        var end = Math.Max(before, 1) - 1;
        return BetweenAsync(access, Math.Max(0, (end - FewestNumbers) / WorldStretch.Numbers * WorldStretch.Numbers), end, ct);
    }

    async Task<WorldStretch> BetweenAsync(RoomAccess access, long start, long end, CancellationToken ct)
    {
        var found = await messages.BetweenAsync(access.Room.Id, Math.Max(start + 1, access.FromSeq), end, ct);
        return new WorldStretch(
            access.Room, [.. found.Where(m => !m.IsDeleted)], start, end,
            Older: await OlderAsync(access, start + 1, ct), Newer: end == long.MaxValue ? null : await NewerAsync(access, end, ct));
    }

    Task<long?> OlderAsync(RoomAccess access, long before, CancellationToken ct) => SeqAsync(access, "m.seq < @at order by m.seq desc", before, ct);

    Task<long?> NewerAsync(RoomAccess access, long after, CancellationToken ct) => SeqAsync(access, "m.seq > @at order by m.seq", after, ct);

    async Task<long?> SeqAsync(RoomAccess access, string condition, long at, CancellationToken ct) =>
        await sql.AllAsync($"select m.seq from messages m where {Visible} and {condition} limit 1", row => row.GetInt64(0), ct, [.. Parameters(access), ("@at", at)]) is [var seq] ? seq : null;

    static (string Name, object? Value)[] Parameters(RoomAccess access) => [("@room", access.Room.Id.Value), ("@from", access.FromSeq)];
}
