using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>The rule for grouping messages.</summary>
public static class Placements
{
    /// <summary>Messages of one author this close to each other form a group.</summary>
    public static readonly TimeSpan GroupWindow = TimeSpan.FromMinutes(5);

    /// <summary>Where a message by an author at a time stands.</summary>
    /// <param name="previous">The newest message of the room; null in an empty room.</param>
    public static Placement After((PersonId Author, DateTimeOffset SentAt)? previous, PersonId author, DateTimeOffset sentAt)
    {
        if (previous is not { } before || before.SentAt.UtcDateTime.Date != sentAt.UtcDateTime.Date) return Placement.OpensDay;

        return before.Author == author && sentAt - before.SentAt <= GroupWindow ? Placement.Continues : Placement.OpensGroup;
    }

    /// <summary>Whether a message that comes to stand in the place of another opens more there than where it stood.</summary>
    public static bool Opens(Placement there, Placement here) => there switch
    {
        Placement.OpensDay => here != Placement.OpensDay,
        Placement.OpensGroup => here == Placement.Continues,
        _ => false,
    };
}
