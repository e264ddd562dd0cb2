namespace HtmxChat.Web.Rooms;

/// <summary>How far somebody has read in a room.</summary>
/// <param name="Seq">
/// The newest event that they have seen. Less than -1 where they keep the rest unread: then it says, see <see cref="KeptAt"/>,
/// up to where they have read, and neither looking at the room nor another node moves it before they come back to it.
/// </param>
/// <param name="Messages">How many messages the room had been given by then.</param>
/// <param name="MentionSeq">The newest message that mentions them; 0 when none does.</param>
public readonly record struct ReadPlace(long Seq, long Messages, long MentionSeq)
{
    // -1 stands below every number: of a room where somebody is mentioned and has never been.
    const long FirstKept = -2;

    public bool IsKept => Seq <= FirstKept;

    /// <summary>The newest event that counts as seen.</summary>
    public long ReadSeq => IsKept ? FirstKept - Seq : Seq;

    /// <summary>What <see cref="Seq"/> is where somebody has read up to an event and keeps the rest unread.</summary>
    public static long KeptAt(long seq) => FirstKept - seq;

    /// <summary>Of two that were noted at different times or places, what is newest. Where one of them is kept, that cannot be told, and this one stays.</summary>
    public ReadPlace And(ReadPlace other)
    {
        var further = !IsKept && !other.IsKept && other.Seq > Seq ? other : this;
        return further with { MentionSeq = Math.Max(MentionSeq, other.MentionSeq) };
    }
}
