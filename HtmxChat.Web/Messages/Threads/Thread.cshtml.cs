using System.Globalization;
using System.Text;
using Htmx;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>A thread: what it began with, its messages, and the line to write in. A page of its own, or beside the room.</summary>
[DisableRateLimiting]
public sealed class ThreadModel(RoomDirectory rooms, MessageList messages, MessageHtml html, KeptDrafts drafts, PostMessage post, ThreadFollowers followers, IAntiforgery antiforgery)
    : RoomPageModel(rooms, messages, drafts, post, antiforgery)
{
    /// <summary>Why there is nothing to write in; an open thread says so while that is the case.</summary>
    public const string Ended = "What this thread began with was deleted: nobody writes here any more.";

    readonly MessageList messages = messages;
    MessagePage page = null!;
    long seq;

    /// <summary>What it began with, of which perhaps nothing is left but its place.</summary>
    public Message Root { get; private set; } = null!;

    public string Path => $"{Root.Path}/thread";

    public HtmlString RootHtml { get; private set; } = null!;

    public HtmlString List { get; private set; } = null!;

    /// <summary>Where the next newer page begins; null where there is none.</summary>
    public long? NewerThan => page.NewerThan;

    /// <summary>Whether this is a page of its own with the thread's end, which goes on there as more is said.</summary>
    public bool IsLive { get; private set; }

    public bool IsFollowed { get; private set; }

    /// <summary>Whether there is something to write in. An open thread has it always, as the deletion of what it began with may be undone.</summary>
    public bool MayPost => Access.MayPost && (IsForPart || !Root.IsDeleted);

    /// <summary>Whether htmx asks, to show it beside the room.</summary>
    public bool IsForPart => Request.IsHtmx();

    /// <summary>The room with the thread beside it.</summary>
    public string BesideRoom { get; private set; } = "";

    protected override string Action => string.Create(CultureInfo.InvariantCulture, $"/rooms/{Room.Id.Value}/messages/{seq}/thread");

    /// <summary>Where a message is shown in its thread.</summary>
    public static string PathOf(Message message) => string.Create(
        CultureInfo.InvariantCulture, $"/rooms/{message.Room.Value}/messages/{message.Thread.Of ?? message.Seq}/thread{(message.Thread.Of is null ? "" : $"?at={message.Seq}#{IdOf(message)}")}");

    public async Task<IActionResult> OnGetAsync(long id, [FromRoute(Name = "seq")] long root, long? before, long? after, long? at, CancellationToken ct)
    {
        if (!await FindAsync(id, root, ct)) return NotFound();
        if (Root.Thread.Of is not null) return Redirect(PathOf(Root));
        if (await FindPageAsync(before, after, at, ct) is not { } found) return NotFound();

        IsLive = !IsForPart && (before ?? after ?? at) is null;
        return await ShowAsync(found, isPartOfList: IsForPart && before is not null, at, ct);
    }

    public async Task<IActionResult> OnPostAsync(long id, [FromRoute(Name = "seq")] long root, CancellationToken ct)
    {
        if (!await FindAsync(id, root, ct)) return NotFound();

        (Thread, IsLive) = (root.ToString(CultureInfo.InvariantCulture), true);
        return await PostAsync(sent => $"{Action}#{IdOf(sent)}", async () => await ShowAsync((await FindPageAsync(before: null, after: null, at: null, ct))!, isPartOfList: false, at: null, ct), ct);
    }

    /// <summary>Keeps what was typed, where no script does it by itself; the thread shows it again.</summary>
    public async Task<IActionResult> OnPostDraftAsync(long id, [FromRoute(Name = "seq")] long root, CancellationToken ct)
    {
        if (!await FindAsync(id, root, ct)) return NotFound();

        (Thread, IsLive) = (root.ToString(CultureInfo.InvariantCulture), true);
        var why = await KeepDraftAsync(ct) ?? (Root.IsDeleted ? Ended : null);
        if (why is null) return new SeeOther(Action);

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Form = Form with { Problem = why };
        return await ShowAsync((await FindPageAsync(before: null, after: null, at: null, ct))!, isPartOfList: false, at: null, ct);
    }

    async Task<bool> FindAsync(long id, long root, CancellationToken ct)
    {
        seq = root;
        if (!await FindRoomAsync(id, ct) || await messages.FindPlaceAsync(Access, root, ct) is not { } found) return false;

        Root = found;
        return true;
    }

    async Task<MessagePage?> FindPageAsync(long? before, long? after, long? at, CancellationToken ct) =>
        at is { } marked ? await messages.AroundInThreadAsync(Room.Id, seq, marked, ct) :
        after is { } start ? await messages.AfterInThreadAsync(Room.Id, seq, start, ct) :
        await messages.BeforeInThreadAsync(Room.Id, seq, before, ct);

    async Task<IActionResult> ShowAsync(MessagePage found, bool isPartOfList, long? at, CancellationToken ct)
    {
        page = found;
        BesideRoom = string.Create(CultureInfo.InvariantCulture, $"/rooms/{Room.Id.Value}?thread={seq}{(at is null ? "" : $"&at={at}")}");
        Response.Headers.Vary = "HX-Request";
        var list = await html.ListAsync(page, at, ct);
        if (isPartOfList) return File(list, "text/html; charset=utf-8");

        if (page.Messages.Count > 0 && !HttpMethods.IsHead(Request.Method)) await followers.HasReadAsync(Root, Viewer, page.Messages[^1].Seq, ct);
        if (MayPost) await BringDraftAsync(seq, ct);
        IsFollowed = await followers.IsFollowingAsync(Root, Viewer, ct);
        (RootHtml, List) = (Html(ThreadCopy.Of(await html.RenderAsync(Root, ct))), Html(list));
        return IsForPart ? Partial("/Messages/Threads/_Thread.cshtml", this) : Page();
    }

    static string IdOf(Message message) => message.Thread.IsInRoom ? ThreadCopy.IdOf(message.ElementId) : message.ElementId;

    static HtmlString Html(byte[] bytes) => new(Encoding.UTF8.GetString(bytes));
}
