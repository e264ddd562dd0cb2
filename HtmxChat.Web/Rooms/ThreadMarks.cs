using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// In how many of the threads that people follow there is something that they have not seen. Asked of the database when somebody
/// loads a page, when something has changed here, and where there are several nodes now and then. Safe for any number of threads.
/// </summary>
public sealed class ThreadMarks(SqlReader sql, Database database, TimeProvider time)
{
    /// <summary>The id of the element with the mark.</summary>
    public const string ElementId = "threads-mark";

    const int MaxAskedAtOnce = 500;

    /// <summary>A thread that somebody follows and may read: of thread_followers as tf, after <see cref="Joins"/>. What it began with is in the room's list, so its number decides.</summary>
    public static string MayRead { get; } = $"{ReadableSql.OfRoom} and tf.thread_seq >= coalesce(mine.from_seq, 0)";

    /// <summary>Joins what that asks for.</summary>
    public static string Joins { get; } = ReadableSql.JoinsOf("tf", "tf.person_id");

    /// <summary>What of it somebody has not seen: of messages as t.</summary>
    public const string Unseen = "t.room_id = tf.room_id and t.thread_seq = tf.thread_seq and t.seq > tf.read_seq and t.author_id <> tf.person_id and t.deleted_at_ms is null";

    ConcurrentDictionary<PersonId, bool> changed = new();
    long askedAt;

    /// <summary>Says that there is something new for people, or that somebody has seen it.</summary>
    public void HasChanged(IEnumerable<PersonId> people)
    {
        foreach (var person in people) changed[person] = true;
    }

    /// <summary>Of those who are here, for whom it may not be what they were told.</summary>
    public IReadOnlyCollection<PersonId> TakeChanges(IReadOnlyCollection<PersonId> here)
    {
        var taken = Interlocked.Exchange(ref changed, new());
        if (!database.IsShared || time.GetElapsedTime(askedAt) < OtherNodes.Interval) return [.. here.Where(taken.ContainsKey)];

        askedAt = time.GetTimestamp();
        return here;
    }

    /// <summary>The number for one person. Every page asks for it, so the statement is the same for all people and stays prepared.</summary>
    public async Task<int> CountAsync(PersonId person, CancellationToken ct) =>
        (await sql.AllAsync($"select count(*) {UnseenOf("= @person")}", row => row.GetInt32(0), ct, ("@person", person.Value)))[0];

    /// <summary>The number for each of some people.</summary>
    public async Task<IReadOnlyDictionary<PersonId, int>> CountAsync(IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        var counts = people.ToDictionary(p => p, _ => 0);
        foreach (var some in people.Chunk(MaxAskedAtOnce))
        {
            // They are numbers of ours, so they can stand in the text.
            var found = await sql.AllAsync(
                $"select tf.person_id, count(*) {UnseenOf($"in ({string.Join(',', some)})")} group by tf.person_id",
                row => (Person: new PersonId(row.GetInt64(0)), Count: row.GetInt32(1)), ct);
            foreach (var (person, count) in found) counts[person] = count;
        }
        return counts;
    }

    static string UnseenOf(string people) =>
        $"from thread_followers tf {Joins} where tf.person_id {people} and tf.is_following and {MayRead} and exists (select 1 from messages t where {Unseen})";

    /// <summary>The mark beside the link to the threads.</summary>
    public static OutsideElement Element(int count)
    {
        var inside = count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"<b>{count}<span class=\"unseen\"> {(count == 1 ? "thread" : "threads")} with new messages</span></b>");
        return new OutsideElement(ElementId, Encoding.UTF8.GetBytes($"<span id=\"{ElementId}\" class=\"mark\">{inside}</span>"));
    }
}
