namespace HtmxChat.Web.Rooms;

/// <summary>That a message has changed, or who may read it, and that those which pass it on have still to be shown anew.</summary>
public sealed class ChangedOriginalRow
{
    public long Id { get; set; }

    public long RoomId { get; set; }

    /// <summary>The message's number; 0 for all that has to do with the room.</summary>
    public long Seq { get; set; }
}
