namespace HtmxChat.Web.Rooms;

/// <summary>How much of a room the world reads once it is public.</summary>
public enum WorldReads
{
    /// <summary>What is written from the moment on that it is made public.</summary>
    FromNowOn = 1,

    /// <summary>Also all that was said before.</summary>
    Everything = 2,
}
