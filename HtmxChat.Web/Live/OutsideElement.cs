namespace HtmxChat.Web.Live;

/// <summary>An element of the page that is not in the list of messages.</summary>
/// <param name="Html">UTF-8 without any CR or LF.</param>
public sealed record OutsideElement(string Id, ReadOnlyMemory<byte> Html);
