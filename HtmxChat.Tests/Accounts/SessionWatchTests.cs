using System.Globalization;
using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

public sealed class SessionWatchTests
{
    // More than are asked for in one query.
    const int Many = 1_200;

    [Fact]
    public async Task Of_very_many_sessions_those_that_have_ended_are_cut_off_and_no_other()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        await site.SetUpByAnnAsync();
        var session = Assert.Single(await site.Services.GetRequiredService<SqlReader>().AllAsync("select id from sessions", row => row.GetInt64(0), Ct));
        var live = site.Services.GetRequiredService<LiveConnections>();
        using var stays = live.Open(Holder(session), () => { });
        var ended = Enumerable.Range(1, Many).Select(i => live.Open(Holder(session + i), () => { })).ToList();

        foreach (var connection in ended) await EndAsync(connection).Soon();

        Assert.All(ended, c => Assert.Equal(LiveEnding.SignedOut, c.Why));
        Assert.Equal(LiveEnding.None, stays.Why);
        foreach (var connection in ended) connection.Dispose();
    }

    [Fact]
    public async Task Where_the_word_of_a_new_role_is_lost_the_persons_pages_are_sent_away_all_the_same()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var dora = await site.JoinAsync(await site.SetUpByAnnAsync(), "Dora");
        await using var listening = await dora.ListenAsync(new RoomId(1), Carrier.WebSocket, await dora.PositionAsync(new RoomId(1)));

        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql =>
        {
            PeopleChanges.Count(sql, new PersonId(2));
            return sql.Execute("update people set role = 2 where id = 2");
        }, Ct);
        await listening.HearToTheEndAsync().Soon();

        Assert.Equal(1012, ((SocketReader)listening).CloseCode);
        Assert.Equal(HttpStatusCode.OK, (await dora.GetAsync("/admin/invites")).Status);
    }

    static LiveHolder Holder(long session) => new(session.ToString(CultureInfo.InvariantCulture), new PersonId(1), new RoomId(1));

    static async Task EndAsync(LiveConnection connection) =>
        await Task.Delay(Timeout.Infinite, connection.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
