using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>Takes somebody's reactions and votes away, from the messages of others in all rooms: each is an event of its room's log.</summary>
public sealed class RemovePresses(SqlReader sql, GroupCommit writes, PublishMessages publish)
{
    const int Page = 500;

    // On SQLite the one writer is held for about 2 ms.
    const int Batch = 50;

    // Who has pressed what stands in the messages, as ReactionTally and Poll write it. What is found by a number that means something else is left as it is.
    const string Pressed =
        """
        (' ' || replace(m.reactions, @line, ' ') || ' ' like @reacted or replace(replace(m.poll, '[', ','), ']', ',') like @voted)
        """;

    /// <summary>Takes all of them, unless the person has been let in again: when each was pressed nobody knows.</summary>
    public async Task RunAsync(PersonId person, CancellationToken ct)
    {
        var (room, seq) = (default(RoomId), 0L);
        while (await FindAsync(person, room, seq, ct) is { Count: > 0 } found)
        {
            foreach (var there in found.GroupBy(m => m.Room, m => m.Seq))
            {
                foreach (var batch in there.Chunk(Batch)) await TakeAsync(person, there.Key, batch, ct);
            }
            (room, seq) = found[^1];
        }
    }

    Task<List<(RoomId Room, long Seq)>> FindAsync(PersonId person, RoomId room, long seq, CancellationToken ct) => sql.AllAsync(
        $"""
        select m.room_id, m.seq from messages m
        where (m.room_id, m.seq) > (@room, @seq) and {Pressed} and exists (select 1 from people where id = @person and loses_messages_until_ms is null)
        order by m.room_id, m.seq limit {Page}
        """,
        row => (new RoomId(row.GetInt64(0)), row.GetInt64(1)),
        ct, ("@room", room.Value), ("@seq", seq), ("@person", person.Value), ("@line", "\n"), ("@reacted", $"% {person} %"), ("@voted", $"%,{person},%"));

    async Task TakeAsync(PersonId person, RoomId room, long[] seqs, CancellationToken ct) =>
        await publish.RunAsync(await writes.WriteAsync(room, session => Take(session, person, room, seqs), ct));

    static List<Message> Take(SqlSession sql, PersonId person, RoomId room, long[] seqs)
    {
        RoomSql.Lock(sql, room);
        List<long> reacted = [], voted = [];
        foreach (var message in Renumbering.Read(sql, room, seqs))
        {
            var (reactions, poll) = (message.Reactions.Without(person), message.Poll?.Choose(person, []));
            if (reactions == message.Reactions && ReferenceEquals(poll, message.Poll)) continue;

            sql.Execute(
                "update messages set reactions = @reactions, poll = @poll where room_id = @room and seq = @seq",
                ("@reactions", reactions.Stored), ("@poll", poll?.Stored()), ("@room", room.Value), ("@seq", message.Seq));
            (ReferenceEquals(poll, message.Poll) ? reacted : voted).Add(message.Seq);
        }
        Renumbering.Run(sql, room, RoomChange.Reacted, reacted);
        Renumbering.Run(sql, room, RoomChange.Voted, voted);
        return Renumbering.Read(sql, room, [.. reacted, .. voted]);
    }
}
