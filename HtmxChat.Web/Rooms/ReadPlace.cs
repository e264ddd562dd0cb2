namespace HtmxChat.Web.Rooms;

/// <summary>How far somebody has read in a room.</summary>
/// <param name="Seq">The newest event that they have seen.</param>
/// <param name="Messages">How many messages the room had been given by then.</param>
/// <param name="MentionSeq">The newest message that mentions them; 0 when none does.</param>
public readonly record struct ReadPlace(long Seq, long Messages, long MentionSeq)
{
    /// <summary>Of two that were noted at different times or places, what is newest.</summary>
    public ReadPlace And(ReadPlace other)
    {
        var further = other.Seq > Seq ? other : this;
        return further with { MentionSeq = Math.Max(MentionSeq, other.MentionSeq) };
    }
}
