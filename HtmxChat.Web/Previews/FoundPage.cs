namespace HtmxChat.Web.Previews;

/// <summary>What a page says of itself, as plain text.</summary>
/// <param name="Site">What the place calls itself; may be empty.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Picture">The file as it came, which is not to be trusted; null while there is none.</param>
public sealed record FoundPage(string Site, string Title, string Description, byte[]? Picture);
