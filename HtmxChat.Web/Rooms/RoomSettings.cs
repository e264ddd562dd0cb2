namespace HtmxChat.Web.Rooms;

/// <summary>How a room is set, but for its name.</summary>
/// <param name="ShowsHistory">Whether people who are added later see what was said before.</param>
public sealed record RoomSettings(Topic Topic, RoomIcon Icon, PostingRule Posting, RoomKind Kind, bool ShowsHistory, KeepTime Keep)
{
    /// <summary>Who may call everybody in it at once.</summary>
    public PostingRule CallingAll { get; init; } = PostingRule.Everybody;

    /// <summary>Whether what is behind links is shown below messages that are sent from now on.</summary>
    public bool ShowsPreviews { get; init; } = true;
}
