using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Rooms;

/// <summary>The rooms that people may enter. The one place that decides who may read and write where.</summary>
public sealed class RoomDirectory(ChatDb db, TimeProvider time)
{
    /// <summary>All rooms that a person may enter, by name.</summary>
    public async Task<IReadOnlyList<Room>> ListAsync(PersonId viewer, CancellationToken ct)
    {
        var rows = await Open(viewer).ToListAsync(ct);
        return [.. rows.Select(ToRoom).OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A room that a person may enter; null when there is none, or none for this person.</summary>
    public async Task<Room?> FindAsync(RoomId room, PersonId viewer, CancellationToken ct)
    {
        var row = await Open(viewer).SingleOrDefaultAsync(r => r.Id == room.Value, ct);
        return row is null ? null : ToRoom(row);
    }

    /// <summary>Makes a room.</summary>
    /// <returns>Null when there is one of that name.</returns>
    public async Task<Room?> CreateAsync(RoomName name, Topic topic, PersonId creator, CancellationToken ct)
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
        return ToRoom(row);
    }

    // Every room is open to everybody who has joined.
    IQueryable<RoomRow> Open(PersonId viewer) => db.Set<RoomRow>().AsNoTracking().Where(_ => viewer.Value > 0);

    static Room ToRoom(RoomRow row) => new(new RoomId(row.Id), row.Name, row.Topic);
}
