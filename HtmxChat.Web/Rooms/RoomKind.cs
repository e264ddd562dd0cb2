namespace HtmxChat.Web.Rooms;

/// <summary>Who may read a room.</summary>
public enum RoomKind
{
    /// <summary>Everybody who has joined; and the world, where the room was made public. That is no kind of its own: to those who have joined it is an open room.</summary>
    Open = 1,

    /// <summary>Its members; to all others it does not exist.</summary>
    Closed = 2,

    /// <summary>The people it was opened for, who never become others.</summary>
    Direct = 3,

    /// <summary>Nobody any more: it was deleted, and what was said in it is being removed.</summary>
    Deleted = 9,
}
