namespace HtmxChat.Tests.Servers;

/// <summary>How PostgreSQL is ended.</summary>
public enum Ending
{
    /// <summary>As an operator does: transactions are undone, connections closed, everything is written out (SIGINT).</summary>
    Fast,

    /// <summary>Without writing anything out: the next start recovers from the log (SIGQUIT).</summary>
    Immediate,

    /// <summary>kill -9 of its first process; the others notice and end too.</summary>
    Killed,
}
