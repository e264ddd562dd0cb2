using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>What people have read and the database has not been told of yet. Safe for any number of threads; one at a time may store.</summary>
sealed class UnstoredReadings(GroupCommit writes)
{
    /// <summary>In one transaction, so that nobody who posts waits for them.</summary>
    const int MaxAtOnce = 200;

    readonly Lock gate = new();
    readonly Dictionary<(PersonId Person, RoomId Room), Reading> waiting = [];
    Dictionary<(PersonId Person, RoomId Room), Reading> underWay = [];

    public void Add(PersonId person, RoomId room, Reading reading)
    {
        lock (gate) waiting[(person, room)] = waiting.TryGetValue((person, room), out var before) ? before.Then(reading) : reading;
    }

    /// <summary>Whether there is something that the database may not have.</summary>
    public bool Has(PersonId person, RoomId room)
    {
        lock (gate) return waiting.ContainsKey((person, room)) || underWay.ContainsKey((person, room));
    }

    /// <summary>How far somebody has read by it; null when there is nothing.</summary>
    public long? SeqOf(PersonId person, RoomId room)
    {
        lock (gate) return Enumerable.Max([waiting.GetValueOrDefault((person, room))?.Seq, underWay.GetValueOrDefault((person, room))?.Seq]);
    }

    /// <summary>Tells the database of some of it. What it cannot take waits for the next time.</summary>
    /// <returns>Where these people are now, null where a room or a person is gone; empty when there was nothing to tell.</returns>
    public async Task<IReadOnlyList<(PersonId Person, RoomId Room, ReadPlace? Place)>> StoreSomeAsync(CancellationToken ct)
    {
        var taken = Take();
        if (taken.Count == 0) return [];

        try
        {
            var stored = await writes.WriteAsync(session => taken.Select(m => (m.Key.Person, m.Key.Room, Place: ReadPlaceSql.Move(session, m.Key.Person, m.Key.Room, m.Value))).ToList(), ct);
            lock (gate) underWay = [];
            return stored;
        }
        catch
        {
            PutBack(taken);
            throw;
        }
    }

    Dictionary<(PersonId Person, RoomId Room), Reading> Take()
    {
        lock (gate)
        {
            underWay = waiting.Take(MaxAtOnce).ToDictionary();
            foreach (var where in underWay.Keys) waiting.Remove(where);
            return underWay;
        }
    }

    void PutBack(Dictionary<(PersonId Person, RoomId Room), Reading> taken)
    {
        lock (gate)
        {
            foreach (var (where, reading) in taken) waiting[where] = waiting.TryGetValue(where, out var next) ? reading.Then(next) : reading;
            underWay = [];
        }
    }
}
