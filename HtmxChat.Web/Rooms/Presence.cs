namespace HtmxChat.Web.Rooms;

/// <summary>Whether somebody is here.</summary>
public enum Presence
{
    /// <summary>No page of theirs is open, or they do not want it known.</summary>
    Offline,

    /// <summary>A page is open, but nobody looks at it.</summary>
    Away,

    /// <summary>Somebody looks at a page.</summary>
    Active,
}
