namespace HtmxChat.Web.Live;

/// <summary>An element of the page that is not in the list of messages; or what stands in several at once, see <see cref="Target"/>.</summary>
/// <param name="Id">The element's id; of several, what tells them from other such things.</param>
/// <param name="Html">UTF-8 without any CR or LF.</param>
public sealed record OutsideElement(string Id, ReadOnlyMemory<byte> Html)
{
    /// <summary>The elements that it is for, as a CSS selector without double quotes.</summary>
    public string Target { get; init; } = $"#{Id}";

    /// <summary>How it comes to stand there, in htmx's words.</summary>
    public string Swap { get; init; } = "outerHTML";
}
