namespace HtmxChat.Web.Rooms;

/// <summary>A room as it is stored.</summary>
public sealed class RoomRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The name as it is compared: no two rooms are alike but for case.</summary>
    public required string NameKey { get; set; }

    public required string Topic { get; set; }

    /// <summary>The number of the newest event. Raised inside the transaction that stores the event, so it is in commit order.</summary>
    public long LastSeq { get; set; }

    public long CreatedById { get; set; }

    public long CreatedAtMs { get; set; }
}
