namespace HtmxChat.Web.Storage;

/// <summary>What came of a statement that failed, and so what helps.</summary>
public enum Fault
{
    /// <summary>Nothing helps: the same again would fail again.</summary>
    Final,

    /// <summary>A value is there already that may be there once. Whoever looks again finds it.</summary>
    Taken,

    /// <summary>The database has undone the whole transaction in favour of another's. The same again may succeed.</summary>
    Undone,

    /// <summary>The server has gone, or cannot be reached: what it was doing it has undone, unless it was a commit.</summary>
    Away,
}
