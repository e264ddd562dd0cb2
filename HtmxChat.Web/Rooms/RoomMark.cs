namespace HtmxChat.Web.Rooms;

/// <summary>What stands beside a room in somebody's list.</summary>
/// <param name="Unread">Messages that they have not seen.</param>
/// <param name="IsMentioned">Whether one of these mentions them.</param>
public readonly record struct RoomMark(long Unread, bool IsMentioned)
{
    /// <summary>Whether they have typed something there that is not sent.</summary>
    public bool HasDraft { get; init; }

    /// <summary>More are not counted on the page.</summary>
    public const long MostCounted = 99;

    /// <summary>As much of it as somebody wants to be told.</summary>
    public RoomMark For(Involvement involvement) => involvement switch
    {
        Involvement.Everything => this,
        Involvement.Mentions when IsMentioned => this,
        _ => this with { Unread = 0, IsMentioned = false },
    };

    /// <summary>Equal for marks that look the same.</summary>
    /// <remarks>A property would be part of how a record prints itself, and this one of itself again.</remarks>
    public RoomMark Shown() => this with { Unread = Math.Min(Unread, MostCounted + 1) };
}
