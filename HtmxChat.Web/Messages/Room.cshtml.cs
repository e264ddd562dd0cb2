using System.IO.Compression;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Pins;
using HtmxChat.Web.Messages.Reading;
using HtmxChat.Web.Messages.Reminders;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Messages.World;
using HtmxChat.Web.Messages.Writing;
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
public sealed class RoomModel(RoomDirectory rooms, RoomLogs logs, MessageList messages, MessageHtml html, RoomSigns signs, PinnedMessages pinned, DueList due, ThreadMarks threads, Unread unread, WatchedPages watched, WorldReading world, KeptDrafts drafts, PostMessage post, IAntiforgery antiforgery)
    : RoomPageModel(rooms, messages, drafts, post, antiforgery)
{
    /// <summary>The address of one message. The number is that of the event that posted it, as in its element: it is never given to another.</summary>
    public const string PermalinkRoute = "/rooms/{id:long}/messages/{seq:long}";

    /// <summary>
    /// For htmx: error pages are not swapped in, a hidden tab keeps its WebSocket (its title may have to change) but
    /// gives its event stream back (HTTP/1.1 allows a browser six in all), what somebody has
    /// opened stays open when it changes, and every close code but our own 4001 and the protocol errors is one to come back from.
    /// </summary>
    public const string HtmxConfig =
        """{"history":false,"noSwap":[204,304,"4xx","5xx"],"morphIgnore":["data-htmx-powered","open"],""" +
        """ "ws":{"pauseOnBackground":false,"reconnectDelay":300,"reconnectMaxDelay":2000,"reconnectCodes":[1000,1001,1005,1006,1011,1012,1013,1014]},""" +
        """ "sse":{"pauseOnBackground":true,"reconnectDelay":300,"reconnectMaxDelay":2000,"connectTimeout":15000}}""";

    readonly RoomDirectory rooms = rooms;
    readonly MessageList messages = messages;

    public RoomList Rooms { get; private set; } = null!;

    public string? RecentId { get; private set; }

    /// <summary>The element of the message that the page is about; null where it is about none.</summary>
    public string? MarkedId { get; private set; }

    /// <summary>What is new to the person since they were here; null when there is nothing, or they have never been.</summary>
    public FreshMessages? Fresh { get; private set; }

    /// <summary>Where that begins.</summary>
    public string? FreshLink { get; private set; }

    /// <summary>Whether one reads on from the top of the page, and not up from its end.</summary>
    public bool IsForward { get; private set; }

    /// <summary>Where the next newer page begins; null where there is none.</summary>
    public long? NewerThan { get; private set; }

    /// <summary>The room's name, icon and topic, as the page's position has it: another node may have changed it a moment ago.</summary>
    public HtmlString Heading { get; private set; } = HtmlString.Empty;

    /// <summary>Who writes, likewise.</summary>
    public HtmlString Writers { get; private set; } = HtmlString.Empty;

    /// <summary>How many messages are pinned.</summary>
    public HtmlString Pins { get; private set; } = HtmlString.Empty;

    /// <summary>What its reader is told wherever they are.</summary>
    public Due Due { get; private set; } = Due.Nothing;

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

        if (await FindPageAsync(seq, before, after, ct) is { } page) return await ShowPageAsync(page, seq, after, ct);

        // What only its thread shows stands there in its surroundings.
        return seq is { } inThread && await messages.FindShownAsync(Access, inThread, ct) is { Thread.IsInRoom: false } reply ? Redirect(ThreadModel.PathOf(reply)) : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct) =>
        await FindRoomAsync(id, ct)
            ? await PostAsync(sent => sent.Thread.IsInRoom ? $"/rooms/{Room.Id}#{sent.ElementId}" : sent.Path, () => ShowNewestAsync(ct), ct)
            : NotFound();

    async Task<IActionResult> ShowWorldAsync(RoomAccess access, long? seq, long? before, long? after, CancellationToken ct)
    {
        var stretch =
            seq is { } marked ? await world.AroundAsync(access, marked, ct) :
            before is { } end ? await world.BeforeAsync(access, end, ct) :
            after is { } start ? await world.AfterAsync(access, start, ct) : await world.NewestAsync(access, ct);
        return stretch is null ? NotFound() : new WorldView(this, "/Messages/World/_World.cshtml", stretch);
    }

    async Task<IActionResult> ShowNewestAsync(CancellationToken ct)
    {
        var newest = await (await logs.OpenAsync(Room.Id, ct)).SnapshotAsync(Access.FromSeq, ct);
        var list = newest.Snapshot!;
        (Position, RecentId) = (newest.Position, list.RecentId);
        (Heading, Writers) = list.Outside is [var heading, var writers, _] ? (Html(heading), Html(writers)) : (Html(await signs.HeadingAsync(Room, ct)), HtmlString.Empty);
        if (list.Outside.FirstOrDefault(PinSign.Is) is { } pins) Pins = Html(pins);
        await BringDraftAsync(thread: null, ct);
        Fresh = await FindFreshAsync(newest.Position.Seq, ct);
        FreshLink = Fresh?.Link(Room.Id, list.Html.Span);
        unread.ComesTo(Viewer, Room.Id, newest.Position.Seq);
        await ShowRoomsAsync(ct);
        return new AssembledPage(list.Html, () => list.Compressed);
    }

    // Asked before this page itself moves the place; and what they have just seen on another page is not new.
    async Task<FreshMessages?> FindFreshAsync(long newest, CancellationToken ct)
    {
        await unread.LoadAsync(Viewer, ct);
        watched.NoteReading(User.Session(), Viewer, Room.Id);
        return unread.SeenIn(Viewer, Room.Id) is { } read && read < newest ? await messages.FreshAsync(Access, Viewer, read, ct) : null;
    }

    async Task<MessagePage?> FindPageAsync(long? seq, long? before, long? after, CancellationToken ct) =>
        seq is { } marked ? await messages.AroundAsync(Room.Id, marked, Access.FromSeq, ct) :
        after is { } start ? await messages.AfterAsync(Room.Id, start, Access.FromSeq, ct) :
        await messages.BeforeAsync(Room.Id, before, Access.FromSeq, ct);

    async Task<IActionResult> ShowPageAsync(MessagePage page, long? seq, long? after, CancellationToken ct)
    {
        (IsForward, NewerThan, Heading, Pins) = (after is not null, page.NewerThan, Html(await signs.HeadingAsync(Room, ct)), Html(await pinned.SignAsync(Room.Id, ct)));
        if (seq is { } marked) MarkedId = Message.ElementIdOf(marked);
        else RecentId = page.RecentId;

        var list = await html.ListAsync(page, seq, ct);
        await ShowRoomsAsync(ct);
        return new AssembledPage(list, () => GzipPart.Of(list, CompressionLevel.Fastest));
    }

    async Task ShowRoomsAsync(CancellationToken ct)
    {
        LastRoom.Write(Response, Room.Id);
        Due = await due.OfAsync(Viewer, ct);
        Rooms = new RoomList(await rooms.ListAsync(Viewer, ct), Room.Id) { Later = Due.MarkElement, Threads = await threads.CountAsync(Viewer, ct) };
    }
}
