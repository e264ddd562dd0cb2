using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Rooms;

/// <summary>The rooms that people may enter. The one place that decides who may read and write where.</summary>
/// <remarks>
/// Every page and every post asks it, so the rooms are kept in memory: until one is made here, and for at most
/// <see cref="KeepTime"/>, because one may be made on another node.
/// </remarks>
public sealed class RoomDirectory(IServiceScopeFactory scopes, SqlReader sql, Caches caches, TimeProvider time)
{
    static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(2);

    volatile Kept? kept;

    sealed record Kept(IReadOnlyList<Room> ByName, IReadOnlyDictionary<RoomId, Room> ById, long At);

    /// <summary>All rooms that a person may enter, by name.</summary>
    public async ValueTask<IReadOnlyList<Room>> ListAsync(PersonId viewer, CancellationToken ct) => (await RoomsAsync(ct)).ByName;

    /// <summary>A room that a person may enter; null when there is none, or none for this person.</summary>
    public async ValueTask<Room?> FindAsync(RoomId room, PersonId viewer, CancellationToken ct)
    {
        if ((await RoomsAsync(ct)).ById.GetValueOrDefault(room) is { } known) return known;

        // It may have been made a moment ago, here or on another node.
        Forget();
        return (await RoomsAsync(ct)).ById.GetValueOrDefault(room);
    }

    /// <summary>Makes a room.</summary>
    /// <returns>Null when there is one of that name.</returns>
    public async Task<Room?> CreateAsync(RoomName name, Topic topic, PersonId creator, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await CreateAsync(scope.ServiceProvider.GetRequiredService<ChatDb>(), name, topic, creator, ct);
    }

    /// <summary>Makes a room inside the caller's transaction.</summary>
    /// <returns>Null when there is one of that name.</returns>
    public async Task<Room?> CreateAsync(ChatDb db, RoomName name, Topic topic, PersonId creator, CancellationToken ct)
    {
        var key = PlainLine.Key(name.Text);
        if (await db.Set<RoomRow>().AnyAsync(r => r.NameKey == key, ct)) return null;

        var row = new RoomRow { Name = name.Text, NameKey = key, Topic = topic.Text, CreatedById = creator.Value, CreatedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.Set<RoomRow>().Any(r => r.NameKey == key))
        {
            return null;
        }
        Forget();
        return new Room(new RoomId(row.Id), row.Name, row.Topic);
    }

    /// <summary>Has the rooms read anew when they are next asked for: one of them was changed.</summary>
    public void Forget() => kept = null;

    // Every room is open to everybody who has joined, so the answer is the same for all viewers.
    async ValueTask<Kept> RoomsAsync(CancellationToken ct)
    {
        if (caches.AreOn && kept is { } rooms && time.GetElapsedTime(rooms.At) < KeepTime) return rooms;

        var asked = time.GetTimestamp();
        var all = await sql.AllAsync("select id, name, topic from rooms", row => new Room(new RoomId(row.GetInt64(0)), row.GetString(1), row.GetString(2)), ct);
        List<Room> byName = [.. all.OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase)];
        return kept = new Kept(byName, byName.ToDictionary(r => r.Id), asked);
    }
}
