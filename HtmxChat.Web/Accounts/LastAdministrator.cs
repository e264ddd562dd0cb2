using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The rule that somebody always looks after the site: the last administrator is not taken away, not even two at the same moment.</summary>
public static class LastAdministrator
{
    /// <summary>Why somebody cannot leave.</summary>
    public static readonly Refusal Refusal = new("Nobody else looks after this place. Make somebody else an administrator first.");

    /// <summary>
    /// Whether nobody else looks after the site. To be asked inside the transaction that takes the person's role or standing:
    /// until its commit nobody else is told anything, on any node.
    /// </summary>
    public static bool Is(SqlSession sql, PersonId person)
    {
        SiteSql.Lock(sql);
        var administrators = sql.All(
            $"select id from people where role = {Role.Administrator:D} and standing = {Standing.Active:D}",
            row => new PersonId(row.GetInt64(0)));
        return administrators is [var only] && only == person;
    }
}
