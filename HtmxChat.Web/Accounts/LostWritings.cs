using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The mark of somebody all of whose messages have to go. Whoever removes them looks for it, also after a restart.</summary>
public static class LostWritings
{
    /// <summary>Sets it, inside the transaction that makes sure that they write nothing more.</summary>
    public static void Note(SqlSession sql, PersonId person) =>
        sql.Execute("update people set loses_messages = @yes, loses_messages_until_ms = null where id = @person", ("@yes", true), ("@person", person.Value));
}
