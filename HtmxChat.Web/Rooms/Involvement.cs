namespace HtmxChat.Web.Rooms;

/// <summary>How much of a room somebody wants to be told of.</summary>
public enum Involvement
{
    Everything = 1,

    /// <summary>Only what mentions them.</summary>
    Mentions = 2,

    Nothing = 3,

    /// <summary>Nothing, and the room is not in their sidebar.</summary>
    Hidden = 4,
}
