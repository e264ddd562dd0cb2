using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Reminders;

/// <summary>Finds what people are to be told, see <see cref="Due"/>. It is asked for with every page of a room, and for nearly everybody there is nothing.</summary>
public sealed class DueList(SqlReader sql, ReminderStore reminders)
{
    const int AtOnce = 500;

    const string Unsent = "(select count(*) from scheduled where person_id = p.id and problem is not null)";

    /// <summary>What one person is to be told.</summary>
    public async Task<Due> OfAsync(PersonId person, CancellationToken ct)
    {
        var counts = await sql.AllAsync(
            $"select (select count(*) from reminders where person_id = p.id and told_at_ms is not null), {Unsent} from people p where p.id = @person",
            row => (Reminders: row.GetInt32(0), Unsent: row.GetInt32(1)), ct, ("@person", person.Value));
        if (counts is not [var (told, unsent)] || (told, unsent) == (0, 0)) return Due.Nothing;

        // Some may be of what they may not read any more.
        var shown = told == 0 ? [] : await reminders.DueAsync(person, limit: told, ct);
        return new Due([.. shown.Take(Due.MaxShown)], shown.Count, unsent);
    }

    /// <summary>For each of some people who have something to be told, what differs when it has changed.</summary>
    public async Task<Dictionary<PersonId, string>> StampsAsync(IEnumerable<PersonId> people, CancellationToken ct)
    {
        var stamps = new Dictionary<PersonId, string>();
        foreach (var some in people.Chunk(AtOnce))
        {
            // They are numbers of ours, so they can stand in the text.
            var found = await sql.AllAsync(
                $"""
                select p.id, (select concat(count(*), ' ', sum(id), ' ', max(told_at_ms)) from reminders where person_id = p.id and told_at_ms is not null), {Unsent}
                from people p where p.id in ({string.Join(',', some)})
                """,
                row => (Person: new PersonId(row.GetInt64(0)), Stamp: $"{row.GetString(1)} {row.GetInt32(2)}"), ct);
            foreach (var (person, stamp) in found.Where(f => f.Stamp != Nothing)) stamps[person] = stamp;
        }
        return stamps;
    }

    // No reminders, of which there is neither a sum nor a newest, and no messages.
    const string Nothing = "0   0";
}
