using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages;

/// <summary>One numbered change of a room as it is stored.</summary>
public sealed class EventRow
{
    public long RoomId { get; set; }

    /// <summary>Dense: 1, 2, 3 and so on in each room.</summary>
    public long Seq { get; set; }

    public RoomChange Kind { get; set; }

    /// <summary>The message it happened to, which may have gone since; null when it happened to the room.</summary>
    public long? MessageSeq { get; set; }
}
