using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// The links that somebody has left who may not do any more what they are for. They are taken back in the transaction that
/// decides so, and then stay so, also for somebody who is let in again. One that is made at the same moment is found good for
/// nothing when it is used: see <see cref="AccountLinks"/> and <see cref="Invites"/>.
/// </summary>
static class OutstandingLinks
{
    /// <summary>Takes back what an administrator has handed out: invites, and links for others' new passwords.</summary>
    public static void TakeBackHandedOut(SqlSession sql, PersonId administrator, DateTimeOffset now)
    {
        sql.Execute("delete from account_links where made_by_id = @person", ("@person", administrator.Value));
        sql.Execute(
            "update invites set revoked_at_ms = @now where created_by_id = @person and revoked_at_ms is null",
            ("@now", now.ToUnixTimeMilliseconds()), ("@person", administrator.Value));
    }

    /// <summary>Takes back that, and what leads into the own account: links for a new password, and to confirm an address.</summary>
    /// <remarks>A link for the phone ends with the session that has made it.</remarks>
    public static void TakeBackAll(SqlSession sql, PersonId person, DateTimeOffset now)
    {
        TakeBackHandedOut(sql, person, now);
        sql.Execute("delete from account_links where person_id = @person", ("@person", person.Value));
    }
}
