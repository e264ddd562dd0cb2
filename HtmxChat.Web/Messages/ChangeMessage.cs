using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>What came of editing or deleting a message.</summary>
public abstract record ChangeOutcome
{
    /// <summary>It is on disk and on its way to every reader.</summary>
    public sealed record Changed(Message Message) : ChangeOutcome;

    /// <summary>The new text cannot be taken.</summary>
    public sealed record Refused(Refusal Why) : ChangeOutcome;

    /// <summary>There is no such message, or it is not this person's to change.</summary>
    public sealed record NotFound : ChangeOutcome;
}

/// <summary>Edits and deletes messages: their author may, and an administrator. Both are events of the room's log, like posting.</summary>
public sealed class ChangeMessage(MessageStore store, MessageList messages, MessageHtml html, RoomLogs logs, SiteDirectory sites)
{
    /// <param name="room">A room that the person may write in.</param>
    public async Task<ChangeOutcome> EditAsync(Room room, long seq, PersonId person, Role role, string? text, CancellationToken ct)
    {
        if (Draft.Parse(text, out var refusal, await sites.MaxMessageLengthAsync(ct)) is not { } draft) return new ChangeOutcome.Refused(refusal!);
        if (await FindAsync(room, seq, person, role, ct) is null) return new ChangeOutcome.NotFound();

        return await PublishAsync(await store.EditAsync(room.Id, seq, draft, ct));
    }

    /// <param name="room">A room that the person may write in.</param>
    public async Task<ChangeOutcome> DeleteAsync(Room room, long seq, PersonId person, Role role, CancellationToken ct)
    {
        if (await FindAsync(room, seq, person, role, ct) is not { } message) return new ChangeOutcome.NotFound();

        return await PublishAsync(message.Author.Id == person ? await store.DeleteAsync(room.Id, seq, ct) : (await store.RemoveAsync(room.Id, [seq], ct)).SingleOrDefault());
    }

    // Null when there is none, or it is not this person's to change.
    async Task<Message?> FindAsync(Room room, long seq, PersonId person, Role role, CancellationToken ct) =>
        await messages.FindAsync(room.Id, seq, ct) is { IsDeleted: false } message && (message.Author.Id == person || role == Role.Administrator) ? message : null;

    async Task<ChangeOutcome> PublishAsync(Message? changed)
    {
        if (changed is null) return new ChangeOutcome.NotFound();

        // It has been committed, so nobody's cancellation may stop it.
        logs.Offer(changed.Room, await html.EventAsync(changed, CancellationToken.None));
        return new ChangeOutcome.Changed(changed);
    }
}
