using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HtmxChat.Tests.Storage;

/// <summary>A transaction that has its number before others, and is committed after them: no reader may step over it.</summary>
public sealed class LateCommitTests(PostgresSite shared) : IClassFixture<PostgresSite>
{
    [Fact]
    public async Task In_the_same_room_nobody_has_a_later_number_before_it_is_committed()
    {
        var room = await shared.NewRoomAsync();
        await using var reader = await shared.Bob.ListenAsync(room, Carrier.WebSocket, await shared.Bob.PositionAsync(room));
        using var late = await BeginPostAsync(room, "Late.");

        var after = shared.Ann.SayAsync(room, "After.");
        await IsLockedOutAsync(late);
        Assert.Empty(await EventsAsync(room));
        Assert.False(after.IsCompleted);
        late.Execute("commit");
        await after.Soon();

        await reader.HearAsync("After.");
        Assert.Equal(["Late.", "After."], reader.Messages);
        Assert.Equal([1, 2], await EventsAsync(room));
    }

    [Fact]
    public async Task In_another_room_readers_go_on_and_those_of_its_own_hear_it_when_it_is_committed()
    {
        var (room, elsewhere) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await shared.Ann.SayAsync(room, "Before.");
        await using var reader = await shared.Bob.ListenAsync(room, Carrier.WebSocket, after: $"{(await shared.Bob.PositionAsync(room)).Split('.')[0]}.0");
        await using var readerElsewhere = await shared.Bob.ListenAsync(elsewhere, Carrier.WebSocket, await shared.Bob.PositionAsync(elsewhere));
        using var late = await BeginPostAsync(room, "Late.");

        await shared.Ann.SayAsync(elsewhere, "Meanwhile.");
        await readerElsewhere.HearAsync("Meanwhile.");
        await reader.HearAsync("Before.");
        Assert.Equal([1], await EventsAsync(room));
        late.Execute("commit");

        await reader.HearAsync("Late.");
        Assert.Equal(["Before.", "Late."], reader.Messages);
        Assert.Equal([1, 2], await EventsAsync(room));
    }

    async Task<IEnumerable<long>> EventsAsync(RoomId room) =>
        (await shared.Site.Services.GetRequiredService<IRoomHistory>().EventsAsync(room, after: 0, limit: 100, Ct)).Select(e => e.Seq);

    /// <summary>Another node's post up to its commit.</summary>
    async Task<SqlSession> BeginPostAsync(RoomId room, string text)
    {
        // Without this program's settings: those end what is held open for long.
        var connection = new NpgsqlConnection(shared.ConnectionString);
        await connection.OpenAsync(Ct);
        var sql = new SqlSession(connection);
        sql.Execute("begin");
        var seq = EventSql.NextSeq(sql, room);
        sql.Execute(
            "insert into messages (room_id, seq, changed_seq, author_id, client_key, text, sent_at_ms, placement) values (@room, @seq, @seq, 1, @key, @text, 0, @placement)",
            ("@room", room.Value), ("@seq", seq), ("@key", ClientKey.New().Text), ("@text", text), ("@placement", (int)Placement.OpensGroup));
        EventSql.Insert(sql, room, seq, RoomChange.Posted, seq);
        return sql;
    }

    static async Task IsLockedOutAsync(SqlSession holder)
    {
        while (holder.First("select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))", _ => true) == false)
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
