using System.Collections.Concurrent;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>How far one person has read in each room, as this node knows it. Safe for any number of threads.</summary>
sealed class ReadPlaces
{
    public ConcurrentDictionary<RoomId, ReadPlace> In { get; } = new();

    public long JoinedAtMs { get; set; }

    /// <summary>Null until they have been read.</summary>
    public long? ReadAt { get; set; }

    /// <summary>How often it was said that they may not be what the database has.</summary>
    public int TimesOutdated;

    /// <summary>The same when they were last read.</summary>
    public int TimesRead { get; set; }

    public bool IsOutdated => TimesRead != Volatile.Read(ref TimesOutdated);

    /// <summary>How often something was noted here that the database may not have had when it was asked.</summary>
    public long Changes;

    /// <summary>Whether that was news.</summary>
    public bool Note(RoomId room, ReadPlace place)
    {
        Interlocked.Increment(ref Changes);
        return Put(room, place, (there, now) => there.And(now));
    }

    /// <summary>The same of what the database has.</summary>
    public bool NoteStored(RoomId room, ReadPlace place) => Put(room, place, (_, stored) => stored);

    bool Put(RoomId room, ReadPlace place, Func<ReadPlace, ReadPlace, ReadPlace> of)
    {
        var before = In.TryGetValue(room, out var known) ? known : default(ReadPlace?);
        return In.AddOrUpdate(room, place, (_, there) => of(there, place)) != before;
    }
}
