using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>What a change begins with that has to hold for all people together.</summary>
public static class SiteSql
{
    /// <summary>Keeps others that begin so waiting until the commit, on every node, so that what is read from here on still holds then.</summary>
    public static void Lock(SqlSession sql) => sql.Execute("update sites set id = id");
}
