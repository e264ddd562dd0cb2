namespace HtmxChat.Web.Rooms;

/// <summary>Who has pages open on one of several nodes. Written anew every few seconds.</summary>
public sealed class AttendanceRow
{
    /// <summary>A word of the node's own, another at each start.</summary>
    public required string Node { get; set; }

    /// <summary>When it was written, by the database's clock.</summary>
    public long AtMs { get; set; }

    /// <summary>The ids of those who look at a page, with commas between them.</summary>
    public required string Active { get; set; }

    /// <summary>The ids of the others.</summary>
    public required string Away { get; set; }
}
