using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

#pragma warning disable CA2213 // A semaphore whose wait handle is never asked for holds nothing to dispose of.
/// <summary>
/// Removes the rows of rooms that were deleted, a few at a time, so that others write meanwhile. A server that is stopped goes
/// on with it at its next start, or another node does; any number of nodes may be at it.
/// </summary>
public sealed class RemoveRooms(SqlReader sql, GroupCommit writes, ILogger<RemoveRooms> logger) : BackgroundService
{
    /// <summary>How many rows go in one transaction. On SQLite the one writer is held for a few milliseconds.</summary>
    public const int Batch = 200;

    // A node that was stopped in the middle may stay away.
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    // What there may be any number of, with what tells the rows of one room apart.
    static readonly (string Table, string Key)[] Contents = [("messages", "seq"), ("events", "seq"), ("scheduled", "id"), ("read_places", "person_id"), ("memberships", "person_id")];

    readonly SemaphoreSlim asked = new(1);

    /// <summary>Begins with it; that a room is deleted has been committed.</summary>
    public void Begin() => asked.Release();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = Interval;
        while (true)
        {
            await asked.WaitAsync(wait, stoppingToken);
            try
            {
                await RemoveAllAsync(stoppingToken);
                wait = Interval;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(e, "What is left of deleted rooms could not be removed; trying again in {Wait}", BetweenTries);
                wait = BetweenTries;
            }
        }
    }

    /// <summary>Removes what is left of a deleted room, once: some rows, or the room itself when there are no others.</summary>
    /// <returns>False when nothing is left.</returns>
    public Task<bool> RemoveSomeAsync(RoomId room, CancellationToken ct) => writes.WriteAsync(room, session => RemoveSome(session, room), ct);

    async Task RemoveAllAsync(CancellationToken ct)
    {
        foreach (var room in await sql.AllAsync($"select id from rooms where kind = {RoomKind.Deleted:D}", row => new RoomId(row.GetInt64(0)), ct))
        {
            while (await RemoveSomeAsync(room, ct))
            {
            }
        }
    }

    static bool RemoveSome(SqlSession session, RoomId room)
    {
        // Else a node that finds its rows taken by another would believe that there are no more.
        RoomSql.Lock(session, room);
        foreach (var (table, key) in Contents)
        {
            var removed = session.Execute(
                $"delete from {table} where room_id = @room and {key} in (select {key} from {table} where room_id = @room order by {key} limit {Batch})", ("@room", room.Value));
            if (removed > 0) return true;
        }
        return session.Execute($"delete from rooms where id = @room and kind = {RoomKind.Deleted:D}", ("@room", room.Value)) > 0;
    }
}
