using System.Threading.Channels;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>
/// Removes everything that somebody wrote, in all rooms, and with it what they had pressed below the messages of others. It is noted in the database first and done then, a few messages at a
/// time, so that others write meanwhile; a server that is stopped goes on with it at its next start.
/// </summary>
public sealed class RemoveWritings(SqlReader sql, GroupCommit writes, MessageStore store, PublishMessages publish, ForwardedMessages forwarded, RemovePresses presses, Unread unread, PeopleChanges changes, SiteDirectory sites, TimeProvider time, ILogger<RemoveWritings> logger) : BackgroundService
{
    const int Page = 500;

    // On SQLite the one writer is held for about 2 ms.
    const int Batch = 50;

    // As long as a post may take that was under way when its author had to go.
    static readonly TimeSpan UntilLastPost = TimeSpan.FromSeconds(10);

    static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    readonly Channel<PersonId> asked = Channel.CreateUnbounded<PersonId>();

    /// <summary>Begins with it; <see cref="LostWritings.Note"/> has been committed.</summary>
    public void Begin(PersonId person) => asked.Writer.TryWrite(person);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryFindUnfinishedAsync(stoppingToken)) await Task.Delay(BetweenTries, time, stoppingToken);
        await foreach (var person in asked.Reader.ReadAllAsync(stoppingToken)) _ = RunAsync(person, stoppingToken);
    }

    async Task<bool> TryFindUnfinishedAsync(CancellationToken ct)
    {
        try
        {
            if (await sites.FindAsync(ct) is null) return true; // nobody has written anything

            foreach (var person in await sql.AllAsync("select id from people where loses_messages = @yes", row => new PersonId(row.GetInt64(0)), ct, ("@yes", true))) Begin(person);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogError(e, "Whose messages were being removed when the server stopped could not be looked up; trying again in {Wait}", BetweenTries);
            return false;
        }
    }

    async Task RunAsync(PersonId person, CancellationToken ct)
    {
        try
        {
            await RemoveAllAsync(person, ct);
            await Task.Delay(UntilLastPost, time, ct);
            await RemoveAllAsync(person, ct);
            await writes.WriteAsync(session => session.Execute("update people set loses_messages = @no where id = @id", ("@no", false), ("@id", person.Value)), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogError(e, "What person {Person} wrote could not be removed; trying again in {Wait}", person, BetweenTries);
            await Task.Delay(BetweenTries, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Begin(person);
        }
    }

    async Task RemoveAllAsync(PersonId person, CancellationToken ct)
    {
        // What was to be said later is not said any more.
        await writes.WriteAsync(session => session.Execute("delete from scheduled where person_id = @person", ("@person", person.Value)), ct);

        var by = (await sql.AllAsync("select standing from people where id = @id", row => (Standing)row.GetInt32(0), ct, ("@id", person.Value))).Single();
        var after = "";
        while (true)
        {
            // Whether they have been let in again is asked for each page: what they write from then on stays.
            var found = await sql.AllAsync(
                $"""
                select m.client_key, m.room_id, m.seq from messages m join people p on p.id = m.author_id
                where m.author_id = @person and m.client_key > @after and m.deleted_at_ms is null and m.sent_at_ms <= coalesce(p.loses_messages_until_ms, {long.MaxValue})
                order by m.client_key limit {Page}
                """,
                row => (Key: row.GetString(0), Room: new RoomId(row.GetInt64(1)), Seq: row.GetInt64(2)), ct, ("@person", person.Value), ("@after", after));
            if (found.Count == 0) break;

            foreach (var room in found.GroupBy(m => m.Room))
            {
                foreach (var batch in room.Select(m => m.Seq).Chunk(Batch)) await RemoveAsync(by, room.Key, batch, ct);
                await unread.MentionsHaveChangedAsync(room.Key, ct);
            }
            after = found[^1].Key;
        }

        await presses.RunAsync(person, ct);

        // What is remembered of the rooms' last events still has the texts.
        changes.Announce(person);
    }

    async Task RemoveAsync(Standing by, RoomId room, long[] seqs, CancellationToken ct)
    {
        // Who has left wanted it so; otherwise it was an administrator.
        var left = by == Standing.Former ? await store.DeleteAsync(room, seqs, ct) : await store.RemoveAsync(room, seqs, ct);
        await publish.RunAsync(left);
        await forwarded.HaveChangedAsync(room);
    }
}
