namespace HtmxChat.Web.Messages.Reminders;

/// <summary>That somebody wants to be reminded of a message.</summary>
public sealed class ReminderRow
{
    public long Id { get; set; }

    public long PersonId { get; set; }

    public long RoomId { get; set; }

    public long Seq { get; set; }

    public long DueAtMs { get; set; }

    /// <summary>When the person was reminded; null while they were not.</summary>
    public long? ToldAtMs { get; set; }
}
