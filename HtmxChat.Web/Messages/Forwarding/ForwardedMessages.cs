using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Forwarding;

/// <summary>
/// Has the messages shown anew that pass others on: those say something else now, are not there any more, or others may read them.
/// What they show is decided by the database each time; these events bring it to the pages that are open. What is to be done stands
/// in the database since the change, see <see cref="QuotedSql"/>: a node that was killed in between leaves it to the others, or to its next start.
/// </summary>
/// <remarks>Each room has a transaction of its own, after the change's: one that locks two rooms could wait for another for ever.</remarks>
public sealed class ForwardedMessages(SqlReader sql, GroupCommit writes, PublishMessages publish, TimeProvider time, ILogger<ForwardedMessages> logger) : RegularWork(Interval, time, logger), IQuotingRooms
{
    /// <summary>The time between two looks for what a node has left undone.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A list in the text of a statement is no longer than this.
    const int AtOnce = 500;

    // Null before the first look.
    HashSet<long>? seen;

    // What is to be shown anew: the messages that pass on one of a room, or all that have to do with it.
    sealed record Noted(long Id, RoomId Room, long Seq)
    {
        public string Which => Seq > 0 ? $"forwarded_room_id = {Room} and forwarded_seq = {Seq}" : $"forwarded_seq is not null and (forwarded_room_id = {Room} or room_id = {Room})";
    }

    protected override string Failure => "Messages that pass others on could not be shown anew";

    /// <summary>Does what was left undone: all that is noted at the start, and then what was there at the look before, because whoever has noted it is at it.</summary>
    public override async Task LookAsync(CancellationToken ct)
    {
        var noted = await NotedAsync("", ct);
        foreach (var old in noted.Where(n => seen?.Contains(n.Id) != false)) await ShowAnewAsync(old);
        seen = [.. noted.Select(n => n.Id)];
    }

    // The change has been committed, so nobody's cancellation may stop it; and whoever made it has done so, whatever happens here.
    public async Task HaveChangedAsync(RoomId room)
    {
        try
        {
            foreach (var noted in await NotedAsync($"where room_id = {room}", CancellationToken.None)) await ShowAnewAsync(noted);
        }
        catch (Exception e)
        {
            Log(e);
        }
    }

    Task<List<Noted>> NotedAsync(string which, CancellationToken ct) => sql.AllAsync(
        $"select id, room_id, seq from changed_originals {which} order by id limit {AtOnce}",
        row => new Noted(row.GetInt64(0), new RoomId(row.GetInt64(1)), row.GetInt64(2)), ct);

    async Task ShowAnewAsync(Noted noted)
    {
        var found = await sql.AllAsync(
            $"select room_id, seq from messages where {noted.Which} and deleted_at_ms is null order by room_id, seq",
            row => (Room: new RoomId(row.GetInt64(0)), Seq: row.GetInt64(1)), CancellationToken.None);
        foreach (var there in found.GroupBy(m => m.Room, m => m.Seq))
        {
            foreach (var batch in there.Chunk(AtOnce)) await ShowAnewAsync(there.Key, batch);
        }
        await writes.WriteAsync(session => session.Execute("delete from changed_originals where id = @id", ("@id", noted.Id)), CancellationToken.None);
    }

    async Task ShowAnewAsync(RoomId room, long[] seqs)
    {
        var changed = await writes.WriteAsync(room, session =>
        {
            RoomSql.Lock(session, room);
            Renumbering.Run(session, room, RoomChange.OriginalChanged, seqs);
            return Renumbering.Read(session, room, seqs);
        }, CancellationToken.None);
        await publish.RunAsync(changed);
    }
}
