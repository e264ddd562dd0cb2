using System.Data.Common;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The people who are here: what they say about themselves, and changing it.</summary>
public sealed class People(SqlReader sql, GroupCommit writes, PeopleChanges changes, TimeProvider time)
{
    /// <summary>How many handles one person may give up within <see cref="HandlesCountedFor"/>: each is kept from everybody else for ever.</summary>
    public const int MaxGivenUp = 3;

    public static readonly TimeSpan HandlesCountedFor = TimeSpan.FromDays(30);

    /// <summary>Somebody who is here; null when there is nobody of that number, or not any more.</summary>
    public async Task<PersonCard?> FindAsync(PersonId person, CancellationToken ct) => (await sql.AllAsync(
        $"select id, display_name, user_name, bio, time_zone, language, role, picture, hides_presence from people where id = @id and standing = {Standing.Active:D}",
        Read, ct, ("@id", person.Value))).SingleOrDefault();

    /// <summary>Changes what somebody says about themselves.</summary>
    /// <returns>Why the handle cannot be had; null when it is done.</returns>
    public async Task<Refusal?> SetAsync(PersonId person, Profile profile, CancellationToken ct)
    {
        if (await writes.WriteAsync(session => Store(session, person, profile, time.GetUtcNow()), ct) is { } refusal) return refusal;

        changes.Announce(person);
        return null;
    }

    /// <summary>Changes how somebody likes to have things. Their open pages come back with it.</summary>
    public async Task PreferAsync(PersonId person, Preferences preferences, CancellationToken ct)
    {
        await writes.WriteAsync(
            session =>
            {
                session.Execute("update people set preferences = @preferences where id = @id", ("@preferences", preferences.Stored()), ("@id", person.Value));
                PeopleChanges.Count(session, person);
                return true;
            },
            ct);
        changes.Announce(person);
    }

    /// <summary>Hides whether somebody is here from the others, or shows it again.</summary>
    /// <param name="key">Of what asks for it: the same asks once.</param>
    /// <returns>Whether it is hidden now.</returns>
    public Task<bool> ToggleHidingAsync(PersonId person, string key, CancellationToken ct) => writes.WriteAsync(
        session => session.First(
            "update people set hides_presence = case when hiding_key = @key then hides_presence else not hides_presence end, hiding_key = @key where id = @id returning hides_presence",
            row => row.GetBoolean(0), ("@key", key), ("@id", person.Value)), ct);

    static Refusal? Store(SqlSession session, PersonId person, Profile profile, DateTimeOffset now)
    {
        // Two who exchange their handles at the same moment would else each find the other's still in use, or never used.
        SiteSql.Lock(session);
        var key = PlainLine.Key(profile.Handle.Text);
        var isTaken = session.First(
            "select 1 from people where normalized_user_name = @key and id <> @id union all select 1 from former_handles where key = @key and person_id <> @id",
            _ => true, ("@key", key), ("@id", person.Value));
        if (isTaken) return new($"Somebody is called @{profile.Handle.Text} already, or once was. Please choose another handle.");

        var givenUp = session.Execute(
            """
            insert into former_handles (key, person_id, given_up_at_ms)
            select normalized_user_name, id, @now from people where id = @id and normalized_user_name <> @key
            on conflict do nothing
            """,
            ("@id", person.Value), ("@key", key), ("@now", now.ToUnixTimeMilliseconds()));
        if (givenUp > 0 && CountGivenUp(session, person, now - HandlesCountedFor) > MaxGivenUp)
        {
            session.Execute("delete from former_handles where person_id = @id and key = (select normalized_user_name from people where id = @id)", ("@id", person.Value));
            return new($"You have given up {MaxGivenUp} handles within {HandlesCountedFor.TotalDays} days, and nobody else is given those. Please keep this one for now, or take one back that you had.");
        }
        session.Execute(
            """
            update people set display_name = @name, user_name = @handle, normalized_user_name = @key, bio = @bio, time_zone = @zone, language = @language, hides_presence = @hides
            where id = @id
            """,
            ("@name", profile.Name.Text), ("@handle", profile.Handle.Text), ("@key", key), ("@bio", profile.Bio.Text), ("@zone", profile.Zone.Name),
            ("@language", profile.Language), ("@hides", profile.HidesPresence), ("@id", person.Value));
        PeopleChanges.Count(session, person);
        return null;
    }

    static long CountGivenUp(SqlSession session, PersonId person, DateTimeOffset since) => session.First(
        "select count(*) from former_handles where person_id = @id and given_up_at_ms > @since", row => row.GetInt64(0), ("@id", person.Value), ("@since", since.ToUnixTimeMilliseconds()));

    static PersonCard Read(DbDataReader row) => new(
        new PersonId(row.GetInt64(0)),
        new Profile(PersonName.Stored(row.GetString(1)), Handle.Stored(row.GetString(2)), Bio.Parse(row.GetString(3), out _)!, Zone.Of(row.GetString(4)), row.GetString(5)) { HidesPresence = row.GetBoolean(8) },
        (Role)row.GetInt32(6),
        row.IsDBNull(7) ? null : row.GetString(7));
}
