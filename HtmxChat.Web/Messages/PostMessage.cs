using System.Data.Common;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages;

/// <summary>Posts a message, by whichever way it came: draft, store, render, publish.</summary>
public sealed class PostMessage(MessageStore store, MessageHtml html, RoomLogs logs, Unread unread, PostRate rate, SiteDirectory sites)
{
    /// <param name="access">A room that the author may read.</param>
    public async Task<PostOutcome> RunAsync(RoomAccess access, Author author, string? key, string? text, CancellationToken ct)
    {
        var room = access.Room;
        if (!access.MayPost) return new PostOutcome.Refused(new(RoomWords.Of(room.Writers)));
        if (Draft.Parse(text, out var refusal, await sites.MaxMessageLengthAsync(ct)) is not { } draft) return new PostOutcome.Refused(refusal!);
        if (ClientKey.Parse(key) is not { } clientKey) return new PostOutcome.Refused(new("This form was incomplete. Please send your text once more."));
        if (rate.Refuse(author.Id) is { } retryAfter) return new PostOutcome.TooFast(retryAfter);

        MessageStore.Stored stored;
        try
        {
            stored = await store.PostAsync(room.Id, author, clientKey, draft, ct);
        }
        catch (RoomGoneException)
        {
            return new PostOutcome.Refused(new(PostWords.NoRoom));
        }
        catch (DbException)
        {
            // The group commit has logged it, once for all that were in the group.
            return new PostOutcome.NotStored();
        }
        if (IsAnotherMessage(stored.Message, room, draft)) return new PostOutcome.KeyUsedBefore();

        // It has been committed, so from here on nobody's cancellation may stop it. A repeat is published again: a hint costs nothing.
        if (stored.Head is { } head) unread.Posted(room, author.Id, head, stored.Mentioned);
        logs.Offer(room.Id, await html.EventAsync(stored.Message, CancellationToken.None));
        return new PostOutcome.Sent(stored.Message);
    }

    // What was edited or deleted since may well have been the same text once.
    static bool IsAnotherMessage(Message stored, Room room, Draft draft) =>
        stored.Room != room.Id || (stored.Text != draft.Text && stored.ChangedSeq == stored.Seq);
}
