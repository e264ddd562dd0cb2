using System.Data.Common;
using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>Posts a message, by whichever way it came: read, store, count, publish.</summary>
public sealed class PostMessage(ReadPost read, RunCommand commands, MessageStore store, Unread unread, PublishMessages publish, ThreadFollowers followers, KeptDrafts drafts, Typing typing, ShowPreviews previews)
{
    /// <param name="access">A room that the author may read.</param>
    /// <param name="form">Anything at all.</param>
    public async Task<PostOutcome> RunAsync(RoomAccess access, Author author, PostForm form, CancellationToken ct) => await read.RunAsync(access, author.Id, form, ct) switch
    {
        ReadPost.Found.Said(var key, var draft) => await SayAsync(access.Room, author, key, draft, form, ct),
        ReadPost.Found.Asked(var key, var command) => await DoAsync(access, author.Id, key, command, form, ct),
        ReadPost.Found.Nothing(var why) => why,
        var found => throw new InvalidOperationException($"Unknown {found}."),
    };

    async Task<PostOutcome> SayAsync(Room room, Author author, ClientKey key, Draft draft, PostForm form, CancellationToken ct)
    {
        var hasReadAll = !form.IsLate || await unread.HasReadAllAsync(author.Id, room, ct);
        MessageStore.Stored stored;
        try
        {
            stored = await store.PostAsync(room.Id, author, key, draft, ct);
        }
        catch (RoomGoneException)
        {
            return new PostOutcome.Refused(new(PostWords.NoRoom));
        }
        catch (ThreadGoneException)
        {
            return new PostOutcome.Refused(new(PostWords.NoThread));
        }
        catch (DbException)
        {
            // The group commit has logged it, once for all that were in the group.
            return new PostOutcome.NotStored();
        }
        if (IsAnotherMessage(stored.Message, room, draft)) return new PostOutcome.KeyUsedBefore();

        // It has been committed, so from here on nobody's cancellation may stop it. A repeat is published again: a hint costs nothing.
        if (stored.Head is { } head) Count(room, stored, head, hasReadAll);
        await PublishAsync(stored);
        return new PostOutcome.Sent(stored.Message);
    }

    // Who writes in a thread has not looked at the room for that, and whoever reads the room alone has nothing more to read.
    void Count(Room room, MessageStore.Stored stored, RoomHead head, bool hasReadAll)
    {
        if (!stored.Message.Thread.IsInRoom) unread.PostedInThread(room, head, stored.Mentioned);
        else if (hasReadAll) unread.Posted(room, stored.Message.Author.Id, head, stored.Mentioned);
        else unread.PostedLate(room, head, stored.Mentioned);
    }

    async Task PublishAsync(MessageStore.Stored stored)
    {
        var message = stored.Message;
        typing.Stop(message.Room, message.Author.Id);
        if (stored.HadDraft) drafts.Mark(message.Author.Id);
        await publish.RunAsync(message);
        if (stored.Root is { } root)
        {
            await publish.RunAsync(root);
            await followers.TellAsync(root.Room, root.Seq, CancellationToken.None);
        }
        previews.Offer(message);
    }

    async Task<PostOutcome> DoAsync(RoomAccess access, PersonId person, ClientKey key, SlashCommand command, PostForm form, CancellationToken ct)
    {
        try
        {
            var outcome = await commands.RunAsync(access, person, key, command, ct);
            if (outcome is PostOutcome.Told or PostOutcome.Sent) await drafts.SentAsync(person, access.Room.Id, form, ct);
            return outcome;
        }
        catch (DbException)
        {
            return new PostOutcome.NotStored();
        }
    }

    // What was edited or deleted since may well have been the same text once.
    static bool IsAnotherMessage(Message stored, Room room, Draft draft) =>
        stored.Room != room.Id || (stored.Text != draft.Text && stored.ChangedSeq == stored.Seq) || (!stored.IsDeleted && !AskTheSame(stored.Poll, draft.Poll));

    static bool AskTheSame(Poll? one, Poll? other) => one is null ? other is null : one.Asks(other);
}
