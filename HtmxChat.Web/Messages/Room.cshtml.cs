using System.IO.Compression;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages;

/// <summary>A room: its end, where people talk; older stretches; and a message with its surroundings. The world sees all of them in a plainer way.</summary>
[Authorize(Policy = WorldAccess.Policy)]
[EnableRateLimiting(Limits.World)]
public sealed class RoomModel(RoomDirectory rooms, RoomLogs logs, MessageList messages, MessageHtml html, RoomSigns signs, Unread unread, WorldReading world, PostMessage post, IAntiforgery antiforgery)
    : RoomPageModel(rooms, post, antiforgery)
{
    /// <summary>The address of one message. The number is that of the event that posted it, as in its element: it is never given to another.</summary>
    public const string PermalinkRoute = "/rooms/{id:long}/messages/{seq:long}";

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

    /// <summary>The element of the message that the page is about; null where it is about none.</summary>
    public string? MarkedId { get; private set; }

    /// <summary>Whether one reads on from the top of the page, and not up from its end.</summary>
    public bool IsForward { get; private set; }

    /// <summary>Where the next newer page begins; null where there is none.</summary>
    public long? NewerThan { get; private set; }

    /// <summary>The room's name, icon and topic, as the page's position has it: another node may have changed it a moment ago.</summary>
    public HtmlString Heading { get; private set; } = HtmlString.Empty;

    /// <summary>Who writes, likewise.</summary>
    public HtmlString Writers { get; private set; } = HtmlString.Empty;

    /// <summary>What the list shows, for the live connection to go on from; null on a page of older messages, which has none.</summary>
    public Position? Position { get; private set; }

    /// <summary>Whether this is the room's end, where new messages arrive, and not a page of older ones.</summary>
    public bool IsNewest => Position is not null;

    protected override string Action => $"/rooms/{Room.Id}";

    public async Task<IActionResult> OnGetAsync(long id, [FromRoute] long? seq, long? before, long? after, CancellationToken ct)
    {
        if (WorldAccess.Of(HttpContext) is { } access) return await ShowWorldAsync(access, seq, before, after, ct);
        if (!await FindRoomAsync(id, ct)) return NotFound();

        // Whoever asks for the head of the answer alone has read nothing.
        if ((seq ?? before ?? after) is null) return HttpMethods.IsHead(Request.Method) ? Content("", "text/html; charset=utf-8") : await ShowNewestAsync(ct);

        return await FindPageAsync(seq, before, after, ct) is { } page ? await ShowPageAsync(page, seq, after, ct) : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct) =>
        await FindRoomAsync(id, ct)
            ? await PostAsync(sent => $"/rooms/{Room.Id}#{sent.ElementId}", () => ShowNewestAsync(ct), ct)
            : NotFound();

    async Task<IActionResult> ShowWorldAsync(RoomAccess access, long? seq, long? before, long? after, CancellationToken ct)
    {
        var stretch =
            seq is { } marked ? await world.AroundAsync(access, marked, ct) :
            before is { } end ? await world.BeforeAsync(access, end, ct) :
            after is { } start ? await world.AfterAsync(access, start, ct) : await world.NewestAsync(access, ct);
        return stretch is null ? NotFound() : new WorldView(this, "/Messages/_World.cshtml", stretch);
    }

    async Task<IActionResult> ShowNewestAsync(CancellationToken ct)
    {
        var newest = await (await logs.OpenAsync(Room.Id, ct)).SnapshotAsync(Access.FromSeq, ct);
        var list = newest.Snapshot!;
        (Position, RecentId) = (newest.Position, list.RecentId);
        (Heading, Writers) = list.Outside is [var heading, var writers] ? (Html(heading), Html(writers)) : (Html(await signs.HeadingAsync(Room, ct)), HtmlString.Empty);
        unread.HasRead(Viewer, Room.Id, newest.Position.Seq);
        await ShowRoomsAsync(ct);
        return new AssembledPage(list.Html, () => list.Compressed);
    }

    async Task<MessagePage?> FindPageAsync(long? seq, long? before, long? after, CancellationToken ct) =>
        seq is { } marked ? await messages.AroundAsync(Room.Id, marked, Access.FromSeq, ct) :
        after is { } start ? await messages.AfterAsync(Room.Id, start, Access.FromSeq, ct) :
        await messages.BeforeAsync(Room.Id, before, Access.FromSeq, ct);

    async Task<IActionResult> ShowPageAsync(MessagePage page, long? seq, long? after, CancellationToken ct)
    {
        (IsForward, NewerThan, Heading) = (after is not null, page.NewerThan, Html(await signs.HeadingAsync(Room, ct)));
        if (seq is { } marked) MarkedId = Message.ElementIdOf(marked);
        else RecentId = page.RecentId;

        var list = await html.ListAsync(page, seq, ct);
        await ShowRoomsAsync(ct);
        return new AssembledPage(list, () => GzipPart.Of(list, CompressionLevel.Fastest));
    }

    async Task ShowRoomsAsync(CancellationToken ct)
    {
        LastRoom.Write(Response, Room.Id);
        Rooms = new RoomList(await rooms.ListAsync(Viewer, ct), Room.Id);
    }
}
