namespace HtmxChat.Web.Rooms;

/// <summary>What somebody has done in a room that moves their read place.</summary>
abstract record Reading(long Seq)
{
    /// <summary>They looked at the room up to an event. What they keep unread stays so.</summary>
    public sealed record Looked(long Seq) : Reading(Seq);

    /// <summary>They came to the room, or to its end: also what they kept unread is read up to an event.</summary>
    public sealed record Came(long Seq) : Reading(Seq);

    /// <summary>They keep what comes after an event unread.</summary>
    public sealed record Kept(long Seq) : Reading(Seq);

    /// <summary>What is left to be done of this and what was done next.</summary>
    public Reading Then(Reading next) => (this, next) switch
    {
        (_, Kept) or (Kept, Came) => next,
        (Kept, _) => this,
        (Looked, Looked) => new Looked(Math.Max(Seq, next.Seq)),
        _ => new Came(Math.Max(Seq, next.Seq)),
    };
}
