namespace HtmxChat.Web.Messages.Mentions;

/// <summary>How a message calls somebody.</summary>
public enum MentionKind
{
    /// <summary>By their handle.</summary>
    Handle = 1,

    /// <summary>With everybody in the room.</summary>
    Room = 2,

    /// <summary>By answering what they wrote.</summary>
    Answer = 3,
}
