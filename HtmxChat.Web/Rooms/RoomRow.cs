namespace HtmxChat.Web.Rooms;

/// <summary>A room as it is stored.</summary>
public sealed class RoomRow
{
    public long Id { get; set; }

    public RoomKind Kind { get; set; } = RoomKind.Open;

    /// <summary>Empty in a direct room, which is called by its people's names.</summary>
    public required string Name { get; set; }

    /// <summary>The name as it is compared, see <see cref="RoomName.KeyFor"/>. In a direct room its people, so that there is one for them.</summary>
    public required string NameKey { get; set; }

    public required string Topic { get; set; }

    /// <summary>One emoji; empty for none.</summary>
    public string Icon { get; set; } = "";

    public PostingRule Posting { get; set; } = PostingRule.Everybody;

    /// <summary>Whether people who are added later see what was said before.</summary>
    public bool ShowsHistory { get; set; } = true;

    /// <summary>After so many days messages go for good; null is never.</summary>
    public int? KeepDays { get; set; }

    /// <summary>The number of the newest event. Raised inside the transaction that stores the event, so it is in commit order.</summary>
    public long LastSeq { get; set; }

    /// <summary>How many messages it has been given, also those that were deleted since. Raised together with <see cref="LastSeq"/>.</summary>
    public long MessageCount { get; set; }

    /// <summary>How many of them, the oldest, were older than the room keeps them and are gone. Raised together with <see cref="LastSeq"/>.</summary>
    public long ExpiredCount { get; set; }

    /// <summary>Its owner.</summary>
    public long CreatedById { get; set; }

    public long CreatedAtMs { get; set; }

    /// <summary>From then on nobody may write; null while they may.</summary>
    public long? ArchivedAtMs { get; set; }

    /// <summary>In an open room the first event that the world may read; null when it may read none.</summary>
    public long? WorldFromSeq { get; set; }

    /// <summary>Whether what is behind links is shown below messages.</summary>
    public bool ShowsPreviews { get; set; } = true;

    /// <summary>Who may call everybody in it at once.</summary>
    public PostingRule CallingAll { get; set; } = PostingRule.Everybody;
}
