using System.IO.Compression;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>The whole visible list with the room's name above it, for a page, and for a reader that is too far behind to catch up event by event.</summary>
/// <param name="Head">It shows at least all events up to this number.</param>
/// <param name="Html">UTF-8 without any CR or LF: the content of the list element.</param>
/// <param name="RecentId">The id of the element from where on a text browser has the newest messages on one screen; null in an empty room.</param>
/// <param name="Heading">The room's name; null where it is not the same for all viewers.</param>
public sealed record ListSnapshot(long Head, ReadOnlyMemory<byte> Html, string? RecentId, OutsideElement? Heading)
{
    GzipPart? compressed;

    /// <summary><see cref="Html"/> for the pages that show it, compressed once for all of them.</summary>
    public GzipPart Compressed => compressed ??= GzipPart.Of(Html.Span, CompressionLevel.Optimal);
}
