namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>The picture of what is behind a message's first link. It goes with the message.</summary>
public sealed class PreviewPictureRow
{
    public long RoomId { get; set; }

    public long Seq { get; set; }

    /// <summary>Names the picture by its content.</summary>
    public required string Version { get; set; }

    /// <summary>WebP.</summary>
    public required byte[] Content { get; set; }
}
