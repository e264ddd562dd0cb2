using System.IO.Compression;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages;

public sealed class RoomModel(RoomDirectory rooms, RoomLogs logs, MessageList messages, MessageHtml html, RoomSigns signs, Unread unread, PostMessage post, IAntiforgery antiforgery)
    : RoomPageModel(rooms, post, antiforgery)
{
    /// <summary>
    /// For htmx: error pages are not swapped in, a hidden tab keeps its WebSocket (its title may have to change) but
    /// gives its event stream back (HTTP/1.1 allows a browser six in all), and every close code but our own 4001 and the
    /// protocol errors is one to come back from.
    /// </summary>
    public const string HtmxConfig =
        """{"history":false,"noSwap":[204,304,"4xx","5xx"],""" +
        """ "ws":{"pauseOnBackground":false,"reconnectDelay":300,"reconnectMaxDelay":2000,"reconnectCodes":[1000,1001,1005,1006,1011,1012,1013,1014]},""" +
        """ "sse":{"pauseOnBackground":true,"reconnectDelay":300,"reconnectMaxDelay":2000,"connectTimeout":15000}}""";

    readonly RoomDirectory rooms = rooms;

    public RoomList Rooms { get; private set; } = null!;

    public string? RecentId { get; private set; }

    /// <summary>The room's name, icon and topic, as the page's position has it: another node may have changed it a moment ago.</summary>
    public HtmlString Heading { get; private set; } = HtmlString.Empty;

    /// <summary>Who writes, likewise.</summary>
    public HtmlString Writers { get; private set; } = HtmlString.Empty;

    /// <summary>What the list shows, for the live connection to go on from; null on a page of older messages, which has none.</summary>
    public Position? Position { get; private set; }

    /// <summary>Whether this is the room's end, where new messages arrive, and not a page of older ones.</summary>
    public bool IsNewest => Position is not null;

    protected override string Action => $"/rooms/{Room.Id}";

    public async Task<IActionResult> OnGetAsync(long id, long? before, CancellationToken ct)
    {
        if (!await FindRoomAsync(id, ct)) return NotFound();

        // Whoever asks for the head of the answer alone has read nothing.
        return HttpMethods.IsHead(Request.Method) ? new EmptyResult() : await ShowAsync(before, ct);
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct) =>
        await FindRoomAsync(id, ct)
            ? await PostAsync(sent => $"/rooms/{Room.Id}#{sent.ElementId}", () => ShowAsync(before: null, ct), ct)
            : NotFound();

    async Task<IActionResult> ShowAsync(long? before, CancellationToken ct)
    {
        LastRoom.Write(Response, Room.Id);
        AssembledPage page = before is null
            ? await ShowNewestAsync(await (await logs.OpenAsync(Room.Id, ct)).SnapshotAsync(Access.FromSeq, ct), ct)
            : await ShowOlderAsync(before.Value, ct);
        Rooms = new RoomList(await rooms.ListAsync(Viewer, ct), Room.Id);
        return page;
    }

    async ValueTask<AssembledPage> ShowNewestAsync(Batch newest, CancellationToken ct)
    {
        var list = newest.Snapshot!;
        (Position, RecentId) = (newest.Position, list.RecentId);
        (Heading, Writers) = list.Outside is [var heading, var writers] ? (Html(heading), Html(writers)) : (Html(await signs.HeadingAsync(Room, ct)), HtmlString.Empty);
        unread.HasRead(Viewer, Room.Id, newest.Position.Seq);
        return new AssembledPage(list.Html, () => list.Compressed);
    }

    async Task<AssembledPage> ShowOlderAsync(long before, CancellationToken ct)
    {
        var page = await messages.BeforeAsync(Room.Id, before, Access.FromSeq, ct);
        (RecentId, Heading) = (page.RecentId, Html(await signs.HeadingAsync(Room, ct)));
        var list = await html.ListAsync(page, ct);
        return new AssembledPage(list, () => GzipPart.Of(list, CompressionLevel.Fastest));
    }

    static HtmlString Html(OutsideElement element) => new(Encoding.UTF8.GetString(element.Html.Span));
}
