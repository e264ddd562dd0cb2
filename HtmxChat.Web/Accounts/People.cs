using System.Data.Common;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The people who are here: what they say about themselves, and changing it.</summary>
public sealed class People(SqlReader sql, GroupCommit writes, PeopleChanges changes)
{
    /// <summary>Somebody who is here; null when there is nobody of that number, or not any more.</summary>
    public async Task<PersonCard?> FindAsync(PersonId person, CancellationToken ct) => (await sql.AllAsync(
        $"select id, display_name, user_name, bio, time_zone, language, role, picture, hides_presence from people where id = @id and standing = {Standing.Active:D}",
        Read, ct, ("@id", person.Value))).SingleOrDefault();

    /// <summary>Changes what somebody says about themselves.</summary>
    /// <returns>Why the handle cannot be had; null when it is done.</returns>
    public async Task<Refusal?> SetAsync(PersonId person, Profile profile, CancellationToken ct)
    {
        if (!await writes.WriteAsync(session => Store(session, person, profile), ct)) return new($"Somebody is called @{profile.Handle.Text} already, or once was. Please choose another handle.");

        changes.Announce(person);
        return null;
    }

    /// <returns>False when the handle is or was somebody else's.</returns>
    static bool Store(SqlSession session, PersonId person, Profile profile)
    {
        // Two who exchange their handles at the same moment would else each find the other's still in use, or never used.
        SiteSql.Lock(session);
        var key = PlainLine.Key(profile.Handle.Text);
        var isTaken = session.First(
            "select 1 from people where normalized_user_name = @key and id <> @id union all select 1 from former_handles where key = @key and person_id <> @id",
            _ => true, ("@key", key), ("@id", person.Value));
        if (isTaken) return false;

        session.Execute(
            """
            insert into former_handles (key, person_id)
            select normalized_user_name, id from people where id = @id and normalized_user_name <> @key
            on conflict do nothing
            """,
            ("@id", person.Value), ("@key", key));
        session.Execute(
            """
            update people set display_name = @name, user_name = @handle, normalized_user_name = @key, bio = @bio, time_zone = @zone, language = @language, hides_presence = @hides
            where id = @id
            """,
            ("@name", profile.Name.Text), ("@handle", profile.Handle.Text), ("@key", key), ("@bio", profile.Bio.Text), ("@zone", profile.Zone.Name),
            ("@language", profile.Language), ("@hides", profile.HidesPresence), ("@id", person.Value));
        PeopleChanges.Count(session, person);
        return true;
    }

    static PersonCard Read(DbDataReader row) => new(
        new PersonId(row.GetInt64(0)),
        new Profile(PersonName.Parse(row.GetString(1), out _)!, Handle.From(row.GetString(2)), Bio.Parse(row.GetString(3), out _)!, Zone.Of(row.GetString(4)), row.GetString(5)) { HidesPresence = row.GetBoolean(8) },
        (Role)row.GetInt32(6),
        row.IsDBNull(7) ? null : row.GetString(7));
}
