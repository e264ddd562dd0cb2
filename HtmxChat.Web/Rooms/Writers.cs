namespace HtmxChat.Web.Rooms;

/// <summary>Who of those that read a room may write in it.</summary>
public enum Writers
{
    /// <summary>All of them.</summary>
    Everybody,

    /// <summary>Its owner and administrators.</summary>
    Managers,

    /// <summary>It is archived.</summary>
    Nobody,
}
