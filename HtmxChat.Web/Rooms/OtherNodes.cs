using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// Asks the database what other nodes have changed in the lists of people who are here: how far they have read, where they
/// are mentioned, which rooms they are in, and where they have typed something. Of the last the relay brings word, which may be lost. For one thread at a time.
/// </summary>
public sealed class OtherNodes(SqlReader sql, Database database, Unread unread, TimeProvider time)
{
    /// <summary>The time between two questions.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    const int MaxAskedAtOnce = 500;

    Dictionary<PersonId, Seen> seen = [];
    long? askedAt;

    // What differs when something has changed, at the cost of one row a person.
    readonly record struct Seen(string Places, string Rooms);

    /// <summary>Whose rooms are not what they were, or are looked at for the first time.</summary>
    /// <param name="people">Who is here.</param>
    public async Task<IReadOnlyList<PersonId>> LookAsync(IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        if (!database.IsShared || (askedAt is { } at && time.GetElapsedTime(at) < Interval)) return [];

        var (asked, now, elsewhere) = (time.GetTimestamp(), new Dictionary<PersonId, Seen>(), new List<PersonId>());
        foreach (var some in people.Chunk(MaxAskedAtOnce))
        {
            var found = await FindAsync(some, ct);
            var moved = found.Where(f => seen.GetValueOrDefault(f.Person).Places != f.Seen.Places).Select(f => f.Person).ToList();
            if (moved.Count > 0) await unread.AskOthersAsync(moved, ct);
            foreach (var (person, mine) in found)
            {
                now[person] = mine;
                if (seen.GetValueOrDefault(person).Rooms != mine.Rooms) elsewhere.Add(person);
            }
        }
        (seen, askedAt) = (now, asked);
        return elsewhere;
    }

    // They are numbers of ours, so they can stand in the text.
    Task<List<(PersonId Person, Seen Seen)>> FindAsync(PersonId[] people, CancellationToken ct) => sql.AllAsync(
        $"""
        select p.id,
          (select md5(string_agg(concat_ws(' ', room_id, seq, mention_seq), chr(10) order by room_id)) from read_places where person_id = p.id),
          (select md5(string_agg(concat_ws(' ', m.room_id, m.from_seq, m.involvement, m.is_favourite, r.kind, r.archived_at_ms is null, r.icon, r.name), chr(10) order by m.room_id))
           from memberships m join rooms r on r.id = m.room_id where m.person_id = p.id),
          (select string_agg(room_id::text, ' ' order by room_id) from drafts where person_id = p.id and thread_seq = 0)
        from people p where p.id in ({string.Join(',', people)})
        """,
        row => (new PersonId(row.GetInt64(0)), new Seen(row.IsDBNull(1) ? "" : row.GetString(1), $"{(row.IsDBNull(2) ? "" : row.GetString(2))} {(row.IsDBNull(3) ? "" : row.GetString(3))}")), ct);
}
