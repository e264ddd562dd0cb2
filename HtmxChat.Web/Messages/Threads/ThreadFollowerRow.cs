namespace HtmxChat.Web.Messages.Threads;

/// <summary>What somebody has to do with a thread.</summary>
public sealed class ThreadFollowerRow
{
    public long RoomId { get; set; }

    /// <summary>The message whose thread it is.</summary>
    public long ThreadSeq { get; set; }

    public long PersonId { get; set; }

    /// <summary>Whether they want to be told of it; who has said no is not made to follow by writing.</summary>
    public bool IsFollowing { get; set; }

    /// <summary>The newest event of the room that they have seen there.</summary>
    public long ReadSeq { get; set; }
}
