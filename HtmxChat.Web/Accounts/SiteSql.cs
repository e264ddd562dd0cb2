using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>What a change begins with that has to hold for all people together.</summary>
public static class SiteSql
{
    /// <summary>Keeps others that begin so waiting until the commit, on every node, so that what is read from here on still holds then.</summary>
    public static void Lock(SqlSession sql) => sql.Execute("update sites set id = id");

    /// <summary>The same, in the transaction that is open.</summary>
    public static Task LockAsync(ChatDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"update sites set id = id", ct);
}
