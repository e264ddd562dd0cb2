namespace HtmxChat.Web.Rooms;

/// <summary>How far one person has read in one room. There is none where they have not been yet.</summary>
public sealed class ReadPlaceRow
{
    public long RoomId { get; set; }

    public long PersonId { get; set; }

    /// <summary>The newest event that they have seen.</summary>
    public long Seq { get; set; }

    /// <summary>How many messages the room had been given by then; what it has been given since is unread.</summary>
    public long Messages { get; set; }

    /// <summary>The newest message that mentions them; 0 when none does.</summary>
    public long MentionSeq { get; set; }
}
