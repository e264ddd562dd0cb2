using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>Who follows a thread and how far they have read it.</summary>
public sealed class ThreadFollowers(SqlReader sql, GroupCommit writes, ThreadMarks marks)
{
    const string Mine = "room_id = @room and thread_seq = @thread and person_id = @person";

    /// <param name="root">What the thread began with.</param>
    public async Task<bool> IsFollowingAsync(Message root, PersonId person, CancellationToken ct) =>
        await sql.AllAsync($"select is_following from thread_followers where {Mine}", row => row.GetBoolean(0), ct, Parameters(root, person)) is [true];

    /// <summary>Follows a thread from now on, or not any more.</summary>
    public async Task FollowAsync(Message root, PersonId person, ThreadInterest interest, CancellationToken ct)
    {
        await writes.WriteAsync(session => session.Execute(
            """
            insert into thread_followers (room_id, thread_seq, person_id, is_following, read_seq)
            select id, @thread, @person, @follows, last_seq from rooms where id = @room
            on conflict (room_id, thread_seq, person_id) do update set is_following = excluded.is_following, read_seq = excluded.read_seq
            """,
            [.. Parameters(root, person), ("@follows", interest == ThreadInterest.Follows)]), ct);
        marks.HasChanged([person]);
    }

    /// <summary>Notes that somebody has seen a thread up to a message, if they follow it; never goes back.</summary>
    public async Task HasReadAsync(Message root, PersonId person, long seq, CancellationToken ct)
    {
        // Most who look have nothing to note, and a question costs less than a commit.
        if (await sql.AllAsync($"select 1 from thread_followers where {Mine} and read_seq < @seq", row => row.GetInt32(0), ct, [.. Parameters(root, person), ("@seq", seq)]) is []) return;

        await writes.WriteAsync(session => session.Execute(
            $"update thread_followers set read_seq = @seq where {Mine} and read_seq < @seq", [.. Parameters(root, person), ("@seq", seq)]), ct);
        marks.HasChanged([person]);
    }

    /// <summary>Says that something has changed in a thread.</summary>
    /// <param name="thread">The number of the message that it began with.</param>
    public async Task TellAsync(RoomId room, long thread, CancellationToken ct) => marks.HasChanged(await sql.AllAsync(
        "select person_id from thread_followers where room_id = @room and thread_seq = @thread and is_following",
        row => new PersonId(row.GetInt64(0)), ct, ("@room", room.Value), ("@thread", thread)));

    static (string Name, object? Value)[] Parameters(Message root, PersonId person) => [("@room", root.Room.Value), ("@thread", root.Seq), ("@person", person.Value)];
}
