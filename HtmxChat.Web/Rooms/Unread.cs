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

    /// <summary>In one transaction, so that nobody who posts waits for them.</summary>
    const int MaxMovesAtOnce = 200;

    const int MaxAskedAtOnce = 500;

    readonly ConcurrentDictionary<RoomId, RoomHead> heads = new();
    readonly ConcurrentDictionary<PersonId, Places> people = new();
    readonly Lock gate = new();
    readonly Dictionary<(PersonId Person, RoomId Room), long> moves = [];
    HashSet<RoomId> changedRooms = [];
    HashSet<PersonId> changedPeople = [];
    volatile IReadOnlySet<(PersonId Person, RoomId Room)> watched = new HashSet<(PersonId, RoomId)>();

    /// <summary>One person's places.</summary>
    sealed class Places
    {
        public ConcurrentDictionary<RoomId, ReadPlace> In { get; } = new();

        public long JoinedAtMs { get; set; }

        /// <summary>Null until they have been read.</summary>
        public long? ReadAt { get; set; }

        /// <summary>Whether that was news.</summary>
        public bool Note(RoomId room, ReadPlace place)
        {
            var before = In.TryGetValue(room, out var known) ? known : default(ReadPlace?);
            return In.AddOrUpdate(room, place, (_, there) => there.And(place)) != before;
        }
    }

    /// <summary>Says how far a room has come, as the database had it.</summary>
    public void HeadIs(RoomId room, RoomHead head)
    {
        if (heads.TryGetValue(room, out var known) && known.Seq >= head.Seq) return;

        var isNews = heads.ContainsKey(room) && heads[room].Messages != head.Messages;
        heads.AddOrUpdate(room, head, (_, other) => other.Seq >= head.Seq ? other : head);
        if (isNews) Changed(room);
    }

    /// <summary>Says that a message was posted. Whoever wrote it has read so far.</summary>
    public void Posted(Room room, PersonId author, RoomHead head, IReadOnlyList<PersonId> mentioned)
    {
        heads.AddOrUpdate(room.Id, head, (_, other) => other.Seq >= head.Seq ? other : head);
        Changed(room.Id);
        HasRead(author, room.Id, head.Seq);
        foreach (var person in mentioned)
        {
            // What has not been read will be read with the mention in it.
            if (!people.TryGetValue(person, out var places) || places.ReadAt is null) continue;
            places.In.AddOrUpdate(room.Id, new ReadPlace(-1, IsNews(room, places) ? 0 : head.Messages - 1, head.Seq), (_, known) => known with { MentionSeq = Math.Max(known.MentionSeq, head.Seq) });
        }
    }

    /// <summary>Says that somebody has seen a room up to an event.</summary>
    public void HasRead(PersonId person, RoomId room, long seq)
    {
        var places = people.GetOrAdd(person, _ => new Places());
        if (places.In.TryGetValue(room, out var known) && known.Seq >= seq) return;

        if (heads.TryGetValue(room, out var head) && head.Seq == seq) places.Note(room, new ReadPlace(seq, head.Messages, 0));
        Move(person, room, seq);
        Changed(person);
    }

    /// <summary>Says that somebody has seen all that was written to a page.</summary>
    public void HasRead(LiveConnection page) => HasRead(page.Holder.Person, page.Holder.Room, page.View.WrittenSeq);

    /// <summary>Reads a person's places, unless they were read a moment ago.</summary>
    public async ValueTask LoadAsync(PersonId person, CancellationToken ct)
    {
        var places = people.GetOrAdd(person, _ => new Places());
        if (caches.AreOn && places.ReadAt is { } at && time.GetElapsedTime(at) < KeepTime) return;

        var asked = time.GetTimestamp();
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
            if (room is { } there) places.Note(there, place);
        }
        places.ReadAt = asked;
    }

    /// <summary>Says who looks at which room now: nothing there is unread to them.</summary>
    public void AreWatched(IReadOnlySet<(PersonId Person, RoomId Room)> rooms) => watched = rooms;

    /// <summary>What somebody has not read in a room. Their places have been loaded.</summary>
    public RoomMark Of(PersonId person, Room room)
    {
        if (watched.Contains((person, room.Id))) return default;

        var head = heads.GetValueOrDefault(room.Id);
        if (!people.TryGetValue(person, out var places)) return default;
        if (places.In.TryGetValue(room.Id, out var place)) return new RoomMark(Math.Max(0, head.Messages - place.Messages), place.MentionSeq > place.Seq);

        return new RoomMark(IsNews(room, places) ? head.Messages : 0, IsMentioned: false);
    }

    // A room that was there before them, and where they have never been, is not.
    static bool IsNews(Room room, Places places) => room.Kind != RoomKind.Open || room.CreatedAtMs > places.JoinedAtMs;

    /// <summary>Asks how far rooms have come, where other nodes may have posted in them.</summary>
    public async Task AskOthersAsync(IEnumerable<Room> rooms, CancellationToken ct)
    {
        if (!database.IsShared) return;

        // They are numbers of ours, so they can stand in the text.
        foreach (var asked in rooms.Select(r => r.Id).Distinct().Chunk(MaxAskedAtOnce))
        {
            var found = await sql.AllAsync(
                $"select id, last_seq, message_count from rooms where id in ({string.Join(',', asked)})",
                row => (Room: new RoomId(row.GetInt64(0)), Head: new RoomHead(row.GetInt64(1), row.GetInt64(2))), ct);
            foreach (var (room, head) in found) HeadIs(room, head);
        }
    }

    /// <summary>Reads how far people have read and where they are mentioned, as other nodes have stored it.</summary>
    public async Task AskOthersAsync(IReadOnlyCollection<PersonId> asked, CancellationToken ct)
    {
        // With how far the rooms have come, so that nobody is mentioned by a message that is not counted yet.
        var found = await sql.AllAsync(
            $"select p.person_id, p.room_id, r.last_seq, r.message_count, p.seq, p.messages, p.mention_seq from read_places p join rooms r on r.id = p.room_id where p.person_id in ({string.Join(',', asked)})",
            row => (Person: new PersonId(row.GetInt64(0)), Room: new RoomId(row.GetInt64(1)), Head: new RoomHead(row.GetInt64(2), row.GetInt64(3)), Place: ReadPlaceSql.Read(row, 4)), ct);
        foreach (var (person, room, head, place) in found)
        {
            HeadIs(room, head);
            if (people.TryGetValue(person, out var places) && places.Note(room, place)) Changed(person);
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
        while (Take() is { Count: > 0 } taken)
        {
            foreach (var (person, room, place) in await StoreAsync(taken, ct))
            {
                if (place is { } now && people.TryGetValue(person, out var places)) places.Note(room, now);
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

    async Task<List<(PersonId Person, RoomId Room, ReadPlace? Place)>> StoreAsync(List<(PersonId Person, RoomId Room, long Seq)> taken, CancellationToken ct)
    {
        try
        {
            return await writes.WriteAsync(session => taken.ConvertAll(m => (m.Person, m.Room, Place: ReadPlaceSql.Move(session, m.Person, m.Room, m.Seq))), ct);
        }
        catch
        {
            foreach (var (person, room, seq) in taken) Move(person, room, seq);
            throw;
        }
    }

    List<(PersonId Person, RoomId Room, long Seq)> Take()
    {
        lock (gate)
        {
            var taken = moves.Take(MaxMovesAtOnce).Select(m => (m.Key.Person, m.Key.Room, m.Value)).ToList();
            foreach (var (person, room, _) in taken) moves.Remove((person, room));
            return taken;
        }
    }

    void Move(PersonId person, RoomId room, long seq)
    {
        lock (gate) moves[(person, room)] = Math.Max(seq, moves.GetValueOrDefault((person, room)));
    }

    void Changed(RoomId room)
    {
        lock (gate) changedRooms.Add(room);
    }

    void Changed(PersonId person)
    {
        lock (gate) changedPeople.Add(person);
    }
}
