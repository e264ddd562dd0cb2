using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages;

/// <summary>Edits, deletes and restores messages: their author may, and an administrator. All are events of the room's log, like posting.</summary>
public sealed class ChangeMessage(MessageStore store, MessageList messages, PublishMessages publish, RoomLogs logs, ThreadFollowers followers, Unread unread, RoomCall calls, ForwardedMessages forwarded, Undo undo, ShowPreviews previews, SiteDirectory sites, TimeProvider time)
{
    /// <summary>So long a message can be taken back after it was sent; a little more than the page offers it.</summary>
    public static readonly TimeSpan TakeBackTime = TimeSpan.FromSeconds(10);

    /// <summary>A message that a person may edit; null when there is none.</summary>
    public async Task<Message?> FindEditableAsync(RoomAccess access, long seq, Viewer viewer, CancellationToken ct) =>
        access.MayPost && await FindAsync(access, seq, viewer, ct) is { } message ? message : null;

    /// <summary>A message that a person may delete; null when there is none. Also where nobody writes any more one can take away what one has said.</summary>
    public Task<Message?> FindDeletableAsync(RoomAccess access, long seq, Viewer viewer, CancellationToken ct) => FindAsync(access, seq, viewer, ct);

    /// <param name="editedAt">When it was last edited, as the person saw it who edits it.</param>
    public async Task<ChangeOutcome> EditAsync(RoomAccess access, long seq, Viewer viewer, string? text, DateTimeOffset? editedAt, CancellationToken ct)
    {
        if (Draft.Parse(text, out var refusal, await sites.MaxMessageLengthAsync(ct)) is not { } draft) return new ChangeOutcome.Refused(refusal!);
        if (await FindEditableAsync(access, seq, viewer, ct) is not { } message) return new ChangeOutcome.NotFound();
        if (message.Text == draft.Text) return new ChangeOutcome.Changed(message);
        if (draft.CallsRoom && !message.Mentioned.IsRoom && await calls.RefuseAsync(access, viewer.Id, ct) is { } mayNot) return new ChangeOutcome.Refused(mayNot);
        if (await store.EditAsync(access.Room.Id, seq, draft with { Here = calls.Here }, editedAt, ct) is not [var edited, ..] changed) return new ChangeOutcome.EditedMeanwhile();

        await TellAsync(message, edited, changed);
        previews.Offer(edited);
        return new ChangeOutcome.Changed(edited);
    }

    public async Task<ChangeOutcome> DeleteAsync(RoomAccess access, long seq, Viewer viewer, CancellationToken ct)
    {
        if (await FindDeletableAsync(access, seq, viewer, ct) is not { } message) return new ChangeOutcome.NotFound();

        var changed = message.Author.Id == viewer.Id ? await store.DeleteAsync(access.Room.Id, [seq], ct) : await store.RemoveAsync(access.Room.Id, [seq], ct);
        if (changed is not [var left, ..]) return new ChangeOutcome.NotFound();

        await TellAsync(message, left, changed);
        return new ChangeOutcome.Deleted(undo.Seal(viewer.Id, message, left.ChangedSeq));
    }

    /// <summary>Gives a deleted message its text back.</summary>
    /// <param name="sealedText">What came of its deletion a moment ago.</param>
    public async Task<ChangeOutcome> RestoreAsync(RoomAccess access, long seq, Viewer viewer, string? sealedText, CancellationToken ct)
    {
        if (undo.Open(sealedText, viewer.Id, access.Room.Id, seq) is not { } deleted) return new ChangeOutcome.TooLate();
        if (await store.RestoreAsync(access.Room.Id, deleted, calls.Here, ct) is not [var restored, ..] changed) return new ChangeOutcome.TooLate();

        await TellAsync(restored, restored, changed);
        previews.Offer(restored);
        return new ChangeOutcome.Changed(restored);
    }

    /// <summary>Takes a message away that its author has just sent, as if it had never been posted.</summary>
    public async Task<ChangeOutcome> TakeBackAsync(RoomAccess access, long seq, Viewer viewer, CancellationToken ct)
    {
        if (await messages.FindShownAsync(access, seq, ct) is not { } message || message.Author.Id != viewer.Id) return new ChangeOutcome.NotFound();
        if (await store.TakeBackAsync(access.Room.Id, seq, viewer.Id, time.GetUtcNow() - TakeBackTime, ct) is not { } taken) return new ChangeOutcome.TooLate();

        // It has been committed, so nobody's cancellation may stop it from being told.
        if (message.Thread.IsInRoom) unread.TakenBack(access.Room.Id, seq, taken.Head);
        if (message.Thread.Of is { } thread) await followers.TellAsync(access.Room.Id, thread, CancellationToken.None);
        logs.Offer(access.Room.Id, MessageHtml.GoneEvent(seq, taken.Seq));
        await TellAsync(message, message, taken.Changed);
        return new ChangeOutcome.Changed(message);
    }

    async Task<Message?> FindAsync(RoomAccess access, long seq, Viewer viewer, CancellationToken ct) =>
        await messages.FindShownAsync(access, seq, ct) is { } message && (message.Author.Id == viewer.Id || viewer.IsAdministrator) ? message : null;

    // It has been committed, so nobody's cancellation may stop it from being told.
    async Task TellAsync(Message before, Message now, IReadOnlyList<Message> changed)
    {
        await publish.RunAsync(changed);
        foreach (var (room, thread) in changed.Where(m => m.Thread.Of is not null).Select(m => (m.Room, m.Thread.Of!.Value)).Distinct()) await followers.TellAsync(room, thread, CancellationToken.None);
        await forwarded.HaveChangedAsync(now.Room);

        // Others may be called now, or nobody any more.
        if (!before.Mentioned.IsNobody || !now.Mentioned.IsNobody || before.Answers is not null) await unread.MentionsHaveChangedAsync(now.Room, CancellationToken.None);
    }
}
