namespace HtmxChat.Web.Accounts;

/// <summary>A person's picture, as the site shows it.</summary>
public sealed class PictureRow
{
    public long PersonId { get; set; }

    /// <summary>WebP.</summary>
    public required byte[] Content { get; set; }
}
