namespace HtmxChat.Web.Messages.Later;

/// <summary>A message that somebody has put aside for themselves.</summary>
public sealed class SavedRow
{
    public long PersonId { get; set; }

    public long RoomId { get; set; }

    public long Seq { get; set; }

    public long SavedAtMs { get; set; }
}
