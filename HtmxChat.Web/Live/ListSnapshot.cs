using System.IO.Compression;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>The whole visible list with what the page says of the room itself, for a page, and for a reader that is too far behind to catch up event by event.</summary>
/// <param name="Head">It shows at least all events up to this number.</param>
/// <param name="Html">UTF-8 without any CR or LF: the content of the list element.</param>
/// <param name="RecentId">The id of the element from where on a text browser has the newest messages on one screen; null in an empty room.</param>
/// <param name="Outside">What stands beside the list, such as the room's name, and is the same for all viewers.</param>
public sealed record ListSnapshot(long Head, ReadOnlyMemory<byte> Html, string? RecentId, IReadOnlyList<OutsideElement> Outside)
{
    GzipPart? compressed;

    /// <summary><see cref="Html"/> for the pages that show it, compressed once for all of them.</summary>
    public GzipPart Compressed => compressed ??= GzipPart.Of(Html.Span, CompressionLevel.Optimal);
}
