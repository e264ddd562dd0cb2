using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Polls;

/// <summary>Takes votes in the poll of a message, and closes it: events of the room's log, as every change of a message is.</summary>
public sealed class VoteInPoll(GroupCommit writes, MessageList messages, PublishMessages publish)
{
    public const string IsClosed = "This poll is closed: nobody can vote in it any more.";

    /// <summary>Why somebody's vote is not counted who comes too late for one.</summary>
    public static readonly string IsFull = string.Create(CultureInfo.InvariantCulture, $"This poll has got {Poll.MaxVotes:N0} votes, and that is as many as one can count.");

    /// <summary>A message with a poll; null when there is none for this person.</summary>
    public async Task<Message?> FindAsync(RoomAccess access, long seq, CancellationToken ct) =>
        await messages.FindShownAsync(access, seq, ct) is { Poll: not null } message ? message : null;

    /// <summary>Whether somebody may close the poll of a message.</summary>
    public static bool MayClose(Message message, Viewer viewer) => message.Poll is { IsClosed: false } && (message.Author.Id == viewer.Id || viewer.IsAdministrator);

    /// <summary>Chooses some of the answers, and no others.</summary>
    public Task<ChangeOutcome> ChooseAsync(RoomAccess access, long seq, PersonId person, IReadOnlyCollection<int> options, CancellationToken ct) =>
        RunAsync(access, seq, person, poll => poll.Choose(person, options), ct);

    /// <summary>Presses one of the answers.</summary>
    public Task<ChangeOutcome> PressAsync(RoomAccess access, long seq, PersonId person, int option, Wish wish, CancellationToken ct) =>
        RunAsync(access, seq, person, poll => poll.Press(person, option, wish), ct);

    /// <summary>Lets nobody vote any more.</summary>
    public async Task<ChangeOutcome> CloseAsync(RoomAccess access, long seq, Viewer viewer, CancellationToken ct) =>
        await FindAsync(access, seq, ct) is { } message && MayClose(message, viewer) ? await StoreAsync(access.Room.Id, message, poll => poll with { IsClosed = true }, ct) : new ChangeOutcome.NotFound();

    async Task<ChangeOutcome> RunAsync(RoomAccess access, long seq, PersonId person, Func<Poll, Poll> vote, CancellationToken ct)
    {
        if (await FindAsync(access, seq, ct) is not { } message) return new ChangeOutcome.NotFound();
        if (!access.MayPost) return new ChangeOutcome.Refused(new(RoomWords.Of(access.Room.Writers)));

        if (message.Poll is { IsFull: true } poll && !poll.HasVote(person)) return new ChangeOutcome.Refused(new(IsFull));

        return await StoreAsync(access.Room.Id, message, vote, ct);
    }

    async Task<ChangeOutcome> StoreAsync(RoomId room, Message message, Func<Poll, Poll> change, CancellationToken ct)
    {
        var (found, changed) = await writes.WriteAsync(room, sql => Store(sql, room, message.Seq, change), ct);
        if (found is null) return new ChangeOutcome.NotFound();
        if (changed is null) return found.IsClosed ? new ChangeOutcome.Refused(new(IsClosed)) : new ChangeOutcome.Changed(message);

        await publish.RunAsync(changed);
        return new ChangeOutcome.Changed(changed);
    }

    // Others may have voted since the message was looked at, or somebody closed it.
    static (Poll? Found, Message? Changed) Store(SqlSession sql, RoomId room, long seq, Func<Poll, Poll> change)
    {
        RoomSql.Lock(sql, room);
        var now = sql.First(
            "select poll from messages where room_id = @room and seq = @seq and deleted_at_ms is null",
            row => Poll.Parse(row.IsDBNull(0) ? null : row.GetString(0)), ("@room", room.Value), ("@seq", seq));
        if (now is null or { IsClosed: true } || change(now) is not { } next || ReferenceEquals(next, now)) return (now, null);

        sql.Execute("update messages set poll = @poll where room_id = @room and seq = @seq", ("@poll", next.Stored()), ("@room", room.Value), ("@seq", seq));
        Renumbering.Run(sql, room, RoomChange.Voted, [seq]);
        return (now, Renumbering.Read(sql, room, [seq]).Single());
    }
}
