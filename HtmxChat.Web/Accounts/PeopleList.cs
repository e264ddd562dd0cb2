using System.Data.Common;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>A stretch of the people, in the order of their handles.</summary>
/// <param name="After">The handle that the next stretch comes after; null at the end.</param>
public sealed record PeoplePage(IReadOnlyList<ListedPerson> People, string? After);

/// <summary>Finds people for administrators, by keyset paging over the index of handles: as fast among ten thousand as among ten.</summary>
public sealed class PeopleList(SqlReader sql, TimeProvider time)
{
    /// <summary>How many people a page shows.</summary>
    public const int PageSize = 50;

    const string Select =
        """
        select p.id, p.display_name, p.user_name, p.email, p.role, p.standing, p.joined_at_ms,
            (select count(*) from sessions s where s.person_id = p.id and s.expires_at_ms >= @now), p.loses_messages,
            exists (select 1 from two_steps t where t.person_id = p.id and t.on_since_ms is not null)
        from people p
        """;

    /// <param name="text">Part of a name, a handle or a mail address; empty for all.</param>
    /// <param name="after">The handle of the last one that was shown; null at the beginning.</param>
    public async Task<PeoplePage> FindAsync(string text, PeopleSelection which, string? after, CancellationToken ct)
    {
        var found = await sql.AllAsync(
            $"""
            {Select} where p.normalized_user_name > @after and {Condition(which)}
            and (p.normalized_user_name like @part escape '!' or upper(p.display_name) like @part escape '!' or p.normalized_email like @part escape '!')
            order by p.normalized_user_name limit {PageSize + 1}
            """,
            Read, ct, ("@now", NowMs), ("@after", PlainLine.Key(PlainLine.Clean(after))), ("@part", Part(text)));

        List<ListedPerson> people = [.. found.Take(PageSize)];
        return new PeoplePage(people, found.Count > PageSize ? people[^1].Handle : null);
    }

    /// <summary>One person; null when there is none.</summary>
    public async Task<ListedPerson?> FindAsync(PersonId person, CancellationToken ct) =>
        (await sql.AllAsync($"{Select} where p.id = @person", Read, ct, ("@now", NowMs), ("@person", person.Value))).SingleOrDefault();

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    static string Condition(PeopleSelection which) => which switch
    {
        PeopleSelection.Administrators => $"p.role = {Role.Administrator:D} and p.standing = {Standing.Active:D}",
        PeopleSelection.Members => $"p.role = {Role.Member:D} and p.standing = {Standing.Active:D}",
        PeopleSelection.Guests => $"p.role = {Role.Guest:D} and p.standing = {Standing.Active:D}",
        PeopleSelection.Deactivated => $"p.standing = {Standing.Deactivated:D}",
        PeopleSelection.Banned => $"p.standing = {Standing.Banned:D}",
        _ => "1 = 1",
    };

    static string Part(string text) => $"%{LikePattern.Of(PlainLine.Key(PlainLine.Clean(text).TrimStart('@')))}%";

    static ListedPerson Read(DbDataReader row) => new(
        new PersonId(row.GetInt64(0)), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        (Role)row.GetInt32(4), (Standing)row.GetInt32(5), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), row.GetInt64(7), row.GetBoolean(8), row.GetBoolean(9));
}
