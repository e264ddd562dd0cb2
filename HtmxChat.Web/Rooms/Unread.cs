using System.Collections.Concurrent;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// What people have not read yet: how far each room has come less how far each of them has read. Kept in memory for the
/// people who are here, and in the database, which is told of reading a little later. Safe for any number of threads.
/// </summary>
public sealed class Unread(SqlReader sql, GroupCommit writes, Database database, Caches caches, TimeProvider time)
{
    /// <summary>Another node's word may be lost; it is read anew when a page is loaded after this time.</summary>
    static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(2);

    const int MaxAskedAtOnce = 500;

    readonly ConcurrentDictionary<RoomId, RoomHead> heads = new();
    readonly ConcurrentDictionary<PersonId, ReadPlaces> people = new();
    readonly UnstoredReadings unstored = new(writes);
    readonly Lock gate = new();
    HashSet<RoomId> changedRooms = [];
    HashSet<PersonId> changedPeople = [];
    volatile IReadOnlySet<(PersonId Person, RoomId Room)> watched = new HashSet<(PersonId, RoomId)>();

    /// <summary>Says how far a room has come, as the database had it.</summary>
    public void HeadIs(RoomId room, RoomHead head)
    {
        if (heads.TryGetValue(room, out var known) && known.Seq >= head.Seq) return;

        var isNews = heads.TryGetValue(room, out var before) && (before.Messages, before.Expired) != (head.Messages, head.Expired);
        heads.AddOrUpdate(room, head, (_, other) => other.Seq >= head.Seq ? other : head);
        if (isNews) Changed(room);
    }

    /// <summary>Says that a message was posted. Whoever wrote it has read so far, also what they kept unread.</summary>
    public void Posted(Room room, PersonId author, RoomHead head, IReadOnlyList<PersonId> mentioned)
    {
        PostedLate(room, head, mentioned);
        ComesTo(author, room.Id, head.Seq);
    }

    /// <summary>Says that a message was posted that its author had written a while ago: they have read no more by it.</summary>
    public void PostedLate(Room room, RoomHead head, IReadOnlyList<PersonId> mentioned)
    {
        heads.AddOrUpdate(room.Id, head, (_, other) => other.Seq >= head.Seq ? other : head);
        Changed(room.Id);
        Mention(room, head, head.Messages - 1, mentioned);
    }

    /// <summary>Says that a message was posted that only its thread shows: the room has nothing more to read, and its author has perhaps not read what it has.</summary>
    public void PostedInThread(Room room, RoomHead head, IReadOnlyList<PersonId> mentioned)
    {
        heads.AddOrUpdate(room.Id, head, (_, other) => other.Seq >= head.Seq ? other : head);
        if (mentioned.Count > 0) Changed(room.Id);
        Mention(room, head, head.Messages, mentioned);
    }

    // What has not been read will be read with the mention in it.
    void Mention(Room room, RoomHead head, long before, IReadOnlyList<PersonId> mentioned)
    {
        foreach (var person in mentioned)
        {
            if (!people.TryGetValue(person, out var places) || places.ReadAt is null) continue;
            Interlocked.Increment(ref places.Changes);
            places.In.AddOrUpdate(room.Id, new ReadPlace(-1, IsNews(room, places) ? 0 : before, head.Seq), (_, known) => known with { MentionSeq = Math.Max(known.MentionSeq, head.Seq) });
        }
    }

    /// <summary>Says that a message is not there any more, as if it had never been posted.</summary>
    public void TakenBack(RoomId room, long seq, RoomHead head)
    {
        heads.AddOrUpdate(room, head, (_, other) => other.Seq >= head.Seq ? other : head);
        foreach (var places in people.Values)
        {
            Interlocked.Increment(ref places.Changes);
            while (places.In.TryGetValue(room, out var place) && place.ReadSeq >= seq)
            {
                if (places.In.TryUpdate(room, place with { Messages = place.Messages - 1 }, place)) break;
            }
        }
        Changed(room);
    }

    /// <summary>Says that somebody has looked at a room up to an event. What they keep unread stays so.</summary>
    public void HasRead(PersonId person, RoomId room, long seq)
    {
        var places = people.GetOrAdd(person, _ => new ReadPlaces());
        if (places.In.TryGetValue(room, out var known) && (known.IsKept || known.Seq >= seq)) return;

        Read(person, places, room, new Reading.Looked(seq));
    }

    /// <summary>Says that somebody has seen all that was written to a page.</summary>
    public void HasRead(LiveConnection page) => HasRead(page.Holder.Person, page.Holder.Room, page.View.WrittenSeq);

    /// <summary>Says that somebody has come to a room, or back to its end, and sees it up to an event: what they kept unread is read.</summary>
    public void ComesTo(PersonId person, RoomId room, long seq)
    {
        var places = people.GetOrAdd(person, _ => new ReadPlaces());
        if (places.In.TryGetValue(room, out var known) && !known.IsKept && known.Seq >= seq && !unstored.Has(person, room)) return;

        Read(person, places, room, new Reading.Came(seq));
    }

    /// <summary>Says that somebody has come to the ends of rooms. Their places, and so the rooms, have been loaded.</summary>
    public void ComesToEnds(PersonId person, IEnumerable<RoomId> rooms)
    {
        foreach (var room in rooms) ComesTo(person, room, heads.GetValueOrDefault(room).Seq);
    }

    /// <summary>Keeps a message and what came after it unread, until the person comes back to the room. The room has been asked for.</summary>
    /// <param name="first">The message's number.</param>
    public async Task KeepAsync(PersonId person, RoomId room, long first, CancellationToken ct)
    {
        await LoadAsync(person, ct);
        var (seq, head) = (first - 1, heads.GetValueOrDefault(room));
        var left = await sql.AllAsync(
            "select count(*) from messages where room_id = @room and seq > @seq and (thread_seq is null or is_in_room_too) and author_id <> @person",
            row => row.GetInt64(0), ct, ("@room", room.Value), ("@seq", seq), ("@person", person.Value));

        var places = people.GetOrAdd(person, _ => new ReadPlaces());
        Interlocked.Increment(ref places.Changes);
        var kept = new ReadPlace(ReadPlace.KeptAt(seq), head.Messages - left.Single(), 0);
        places.In.AddOrUpdate(room, kept, (_, there) => kept with { MentionSeq = there.MentionSeq });
        unstored.Add(person, room, new Reading.Kept(seq));
        Changed(person);
    }

    /// <summary>How far somebody has read; null where they have never been. Their places have been loaded.</summary>
    public long? SeenIn(PersonId person, RoomId room)
    {
        var known = people.TryGetValue(person, out var places) && places.In.TryGetValue(room, out var place) && place.ReadSeq >= 0 ? place : default(ReadPlace?);
        if (known is { IsKept: true } kept) return kept.ReadSeq;
        return Enumerable.Max([known?.Seq, unstored.SeqOf(person, room)]);
    }

    /// <summary>Whether somebody looks at a room now, as of the last second.</summary>
    public bool IsWatched(PersonId person, RoomId room) => watched.Contains((person, room));

    /// <summary>Reads a person's places, unless they were read a moment ago.</summary>
    public async ValueTask LoadAsync(PersonId person, CancellationToken ct)
    {
        var places = people.GetOrAdd(person, _ => new ReadPlaces());
        if (caches.AreOn && !places.IsOutdated && places.ReadAt is { } at && time.GetElapsedTime(at) < KeepTime) return;

        var (asked, outdated, changes) = (time.GetTimestamp(), Volatile.Read(ref places.TimesOutdated), Volatile.Read(ref places.Changes));
        var found = await sql.AllAsync(
            """
            select p.joined_at_ms, r.room_id, r.seq, r.messages, r.mention_seq
            from people p left join read_places r on r.person_id = p.id where p.id = @person
            """,
            row => (JoinedAtMs: row.GetInt64(0), Room: row.IsDBNull(1) ? null : new RoomId(row.GetInt64(1)) as RoomId?, Place: row.IsDBNull(1) ? default : ReadPlaceSql.Read(row, 2)),
            ct, ("@person", person.Value));
        foreach (var (joinedAtMs, room, place) in found)
        {
            places.JoinedAtMs = joinedAtMs;
            if (room is { } there) NoteStored(person, places, there, place, changes);
        }
        (places.ReadAt, places.TimesRead) = (asked, outdated);
    }

    /// <summary>Reads anew for whom a room is marked: a message calls others now, or is not there any more. Places that are told of a newer one meanwhile keep that.</summary>
    public async Task MentionsHaveChangedAsync(RoomId room, CancellationToken ct)
    {
        var before = people.Where(p => p.Value.ReadAt is not null).ToDictionary(p => p.Key, p => (Places: p.Value, Place: p.Value.In.TryGetValue(room, out var place) ? place : default(ReadPlace?)));
        foreach (var asked in before.Keys.Chunk(MaxAskedAtOnce))
        {
            var found = await sql.AllAsync(
                $"select p.person_id, p.seq, p.messages, p.mention_seq, {RoomSql.HeadColumns} from read_places p join rooms r on r.id = p.room_id where p.room_id = @room and p.person_id in ({string.Join(',', asked)})",
                row => (Person: new PersonId(row.GetInt64(0)), Place: ReadPlaceSql.Read(row, 1), Head: RoomSql.ReadHead(row, 4)), ct, ("@room", room.Value));
            foreach (var (person, place, head) in found)
            {
                HeadIs(room, head);
                var (places, known) = before[person];
                if (known is not { } then) places.In.TryAdd(room, place);
                else if (then.MentionSeq == place.MentionSeq || !places.In.TryUpdate(room, then with { MentionSeq = place.MentionSeq }, then)) continue;
                Interlocked.Increment(ref places.Changes);
                Changed(person);
            }
        }
    }

    /// <summary>Has a person's places read anew when they are next asked for.</summary>
    public void Outdate(PersonId person)
    {
        if (people.TryGetValue(person, out var places)) Interlocked.Increment(ref places.TimesOutdated);
    }

    /// <summary>Says who looks at which room now: nothing there is unread to them.</summary>
    public void AreWatched(IReadOnlySet<(PersonId Person, RoomId Room)> rooms) => watched = rooms;

    /// <summary>What somebody has not read in a room. Their places have been loaded.</summary>
    public RoomMark Of(PersonId person, Room room)
    {
        var head = heads.GetValueOrDefault(room.Id);
        if (!people.TryGetValue(person, out var places)) return default;
        if (IsWatched(person, room.Id) && !(places.In.TryGetValue(room.Id, out var kept) && kept.IsKept)) return default;
        if (!places.In.TryGetValue(room.Id, out var place)) return new RoomMark(IsNews(room, places) ? head.Left : 0, IsMentioned: false);

        // What a room has kept long enough goes the oldest first: no more is unread than is left, and counting that is not needed.
        var count = Math.Clamp(head.Messages - place.Messages, 0, head.Left);
        return new RoomMark(count, head.Left > 0 && place.MentionSeq > place.ReadSeq);
    }

    /// <summary>Whether there is nothing in a room that somebody has not read.</summary>
    public async ValueTask<bool> HasReadAllAsync(PersonId person, Room room, CancellationToken ct)
    {
        await LoadAsync(person, ct);
        return Of(person, room).Unread == 0;
    }

    // A room that was there before them, and where they have never been, is not.
    static bool IsNews(Room room, ReadPlaces places) => room.Kind != RoomKind.Open || room.CreatedAtMs > places.JoinedAtMs;

    /// <summary>Asks how far rooms have come, where other nodes may have posted in them.</summary>
    public async Task AskOthersAsync(IEnumerable<Room> rooms, CancellationToken ct)
    {
        if (!database.IsShared) return;

        // They are numbers of ours, so they can stand in the text.
        foreach (var asked in rooms.Select(r => r.Id).Distinct().Chunk(MaxAskedAtOnce))
        {
            var found = await sql.AllAsync(
                $"select id, {RoomSql.HeadColumns} from rooms where id in ({string.Join(',', asked)})",
                row => (Room: new RoomId(row.GetInt64(0)), Head: RoomSql.ReadHead(row, 1)), ct);
            foreach (var (room, head) in found) HeadIs(room, head);
        }
    }

    /// <summary>Reads how far people have read and where they are mentioned, as other nodes have stored it.</summary>
    public async Task AskOthersAsync(IReadOnlyCollection<PersonId> asked, CancellationToken ct)
    {
        var changes = asked.ToDictionary(p => p, p => people.TryGetValue(p, out var places) ? Volatile.Read(ref places.Changes) : 0);

        // With how far the rooms have come, so that nobody is mentioned by a message that is not counted yet.
        var found = await sql.AllAsync(
            $"select p.person_id, p.room_id, p.seq, p.messages, p.mention_seq, {RoomSql.HeadColumns} from read_places p join rooms r on r.id = p.room_id where p.person_id in ({string.Join(',', asked)})",
            row => (Person: new PersonId(row.GetInt64(0)), Room: new RoomId(row.GetInt64(1)), Head: RoomSql.ReadHead(row, 5), Place: ReadPlaceSql.Read(row, 2)), ct);
        foreach (var (person, room, head, place) in found)
        {
            HeadIs(room, head);
            if (people.TryGetValue(person, out var places) && NoteStored(person, places, room, place, changes[person])) Changed(person);
        }
    }

    /// <summary>The rooms and the people about whom something has changed since this was last asked.</summary>
    public (IReadOnlySet<RoomId> Rooms, IReadOnlySet<PersonId> People) TakeChanges()
    {
        lock (gate)
        {
            var changes = (changedRooms, changedPeople);
            (changedRooms, changedPeople) = ([], []);
            return changes;
        }
    }

    /// <summary>Tells the database who has read how far.</summary>
    public async Task StoreAsync(CancellationToken ct)
    {
        while (await unstored.StoreSomeAsync(ct) is { Count: > 0 } stored)
        {
            foreach (var (person, room, place) in stored)
            {
                if (place is { } now && people.TryGetValue(person, out var places)) NoteStored(person, places, room, now, Interlocked.Increment(ref places.Changes));
            }
        }
    }

    /// <summary>Forgets people of whom nobody has asked for a while.</summary>
    public void Forget(Func<PersonId, bool> isHere)
    {
        foreach (var (person, places) in people)
        {
            if (!isHere(person) && !(places.ReadAt is { } at && time.GetElapsedTime(at) < KeepTime * 5)) people.TryRemove(person, out _);
        }
    }

    void Read(PersonId person, ReadPlaces places, RoomId room, Reading reading)
    {
        if (heads.TryGetValue(room, out var head) && head.Seq == reading.Seq)
        {
            Interlocked.Increment(ref places.Changes);
            places.In.AddOrUpdate(room, new ReadPlace(head.Seq, head.Messages, 0), (_, there) => new ReadPlace(head.Seq, head.Messages, there.MentionSeq));
        }
        unstored.Add(person, room, reading);
        Changed(person);
    }

    // What the database had when it was asked is what is so, unless it has not been told of something by then.
    bool NoteStored(PersonId person, ReadPlaces places, RoomId room, ReadPlace place, long changes) =>
        Volatile.Read(ref places.Changes) != changes || unstored.Has(person, room) ? places.Note(room, place) : places.NoteStored(room, place);

    void Changed(RoomId room)
    {
        lock (gate) changedRooms.Add(room);
    }

    void Changed(PersonId person)
    {
        lock (gate) changedPeople.Add(person);
    }
}
