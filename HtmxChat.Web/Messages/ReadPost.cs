using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>Reads what somebody sends to a room: a message, a command, or what cannot be taken, and why. Nothing is written.</summary>
public sealed class ReadPost(MessageList messages, RoomCall calls, PostRate rate, SiteDirectory sites)
{
    /// <summary>What was sent.</summary>
    public abstract record Found
    {
        /// <summary>A message, with all that belongs to it.</summary>
        public sealed record Said(ClientKey Key, Draft Draft) : Found;

        /// <summary>Something to be done instead of saying something.</summary>
        public sealed record Asked(ClientKey Key, SlashCommand Command) : Found;

        /// <summary>Nothing that can be taken.</summary>
        public sealed record Nothing(PostOutcome Why) : Found;
    }

    /// <param name="access">A room that the person may read.</param>
    /// <param name="form">Anything at all.</param>
    public async Task<Found> RunAsync(RoomAccess access, PersonId person, PostForm form, CancellationToken ct)
    {
        if (!access.MayPost) return Refused(RoomWords.Of(access.Room.Writers));
        if (ClientKey.Parse(form.Key) is not { } key) return Refused("This form was incomplete. Please send your text once more.");
        var command = form is { Forwards: null, Poll: null } ? SlashCommand.Parse(form.Text) : new SlashCommand.Say(form.Text);
        if (command is not SlashCommand.Say(var text)) return InTime(person, new Found.Asked(key, command));
        if (Parse(text, form.Forwards, await sites.MaxMessageLengthAsync(ct), out var refusal) is not { } draft) return Refused(refusal!);
        if (await AnsweredAsync(access, form.Reply, ct) is not (true, var answers)) return Refused(PostWords.NothingToAnswer);
        if (await ThreadAsync(access, form.Thread, ct) is not (true, var thread)) return Refused(PostWords.NoThread);
        if (draft.CallsRoom && await calls.RefuseAsync(access, person, ct) is { } mayNot) return Refused(mayNot);

        draft = draft with { Answers = answers, Here = calls.Here, Poll = form.Poll, Kept = KeptDraft.Clean(form.Kept ?? "") };
        return InTime(person, new Found.Said(key, Placed(draft, thread, form)));
    }

    static Found.Nothing Refused(string why) => Refused(new Refusal(why));

    static Found.Nothing Refused(Refusal why) => new(new PostOutcome.Refused(why));

    // The last thing that is looked at: what is refused anyway counts as none.
    Found InTime(PersonId person, Found found) => rate.Refuse(person) is { } wait ? new Found.Nothing(new PostOutcome.TooFast(wait)) : found;

    static Draft? Parse(string? text, Message? forwards, int maxLength, out Refusal? refusal) =>
        forwards is null ? Draft.Parse(text, out refusal, maxLength) : Draft.Parse(text, forwards, out refusal, maxLength);

    // It may have been deleted while somebody wrote: the answer is one all the same.
    async Task<(bool IsThere, long? Seq)> AnsweredAsync(RoomAccess access, string? reply, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(reply)) return (true, null);

        var isThere = NumberIn(reply) is { } seq && await messages.FindPlaceAsync(access, seq, ct) is { Thread.IsInRoom: true };
        return (isThere, NumberIn(reply));
    }

    // A thread begins with a message of the room that is there still, and not inside of another thread.
    async Task<(bool IsThere, long? Seq)> ThreadAsync(RoomAccess access, string? thread, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(thread)) return (true, null);

        var isThere = NumberIn(thread) is { } seq && await messages.FindShownAsync(access, seq, ct) is { Thread.Of: null };
        return (isThere, NumberIn(thread));
    }

    static long? NumberIn(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Where the room shows it too, it shows what it is about.
    static Draft Placed(Draft draft, long? thread, PostForm form) =>
        thread is null ? draft :
        string.IsNullOrEmpty(form.Also) ? draft with { Thread = thread, Answers = null } : draft with { Thread = thread, IsInRoomToo = true, Answers = thread };
}
