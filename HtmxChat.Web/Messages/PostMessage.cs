using System.Data.Common;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages;

/// <summary>Posts a message, by whichever way it came: draft, store, render, publish.</summary>
public sealed class PostMessage(MessageStore store, MessageHtml html, RoomLogs logs, PostRate rate, ILogger<PostMessage> logger)
{
    /// <param name="room">A room that the author may write in.</param>
    public async Task<PostOutcome> RunAsync(Room room, Author author, string? key, string? text, CancellationToken ct)
    {
        if (Draft.Parse(text, out var refusal) is not { } draft) return new PostOutcome.Refused(refusal!);
        if (ClientKey.Parse(key) is not { } clientKey) return new PostOutcome.Refused(new("This form was incomplete. Please send your text once more."));
        if (rate.Refuse(author.Id) is { } retryAfter) return new PostOutcome.TooFast(retryAfter);

        if (await StoreAsync(room, author, clientKey, draft, ct) is not { } stored) return new PostOutcome.NotStored();
        if (IsAnotherMessage(stored.Message, room, draft)) return new PostOutcome.KeyUsedBefore();

        // It has been committed, so from here on nobody's cancellation may stop it. A repeat is published again: a hint costs nothing.
        logs.Offer(room.Id, await html.EventAsync(stored.Message, CancellationToken.None));
        return new PostOutcome.Sent(stored.Message);
    }

    async Task<MessageStore.Stored?> StoreAsync(Room room, Author author, ClientKey key, Draft draft, CancellationToken ct)
    {
        try
        {
            return await store.PostAsync(room.Id, author, key, draft, ct);
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            logger.LogError(e, "A message for room {Room} could not be stored", room.Id);
            return null;
        }
    }

    // What was edited or deleted since may well have been the same text once.
    static bool IsAnotherMessage(Message stored, Room room, Draft draft) =>
        stored.Room != room.Id || (stored.Text != draft.Text && stored.ChangedSeq == stored.Seq);
}
