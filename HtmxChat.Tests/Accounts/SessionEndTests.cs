using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Accounts;

/// <summary>What becomes of sessions that have run out.</summary>
public sealed class SessionEndTests(ClockedSite shared) : IClassFixture<ClockedSite>
{
    [Fact]
    public async Task An_open_connection_does_not_outlive_its_session_and_its_row_goes()
    {
        var dora = await shared.Site.JoinAsync(shared.Ann, "Dora");
        await using var listening = await dora.ListenAsync(new RoomId(1), Carrier.WebSocket, await dora.PositionAsync(new RoomId(1)));
        var before = (await shared.Site.CountAsync("sessions"))[0];
        Assert.Equal(2, before);

        shared.Time.Advance(TimeSpan.FromDays(60) + TimeSpan.FromSeconds(1));
        await Until(listening.HearToTheEndAsync(), () => shared.Time.Advance(TimeSpan.FromMilliseconds(100)));
        await Until(GoneAsync(), () => shared.Time.Advance(TimeSpan.FromMinutes(1)));

        async Task GoneAsync()
        {
            while ((await shared.Site.CountAsync("sessions"))[0] > 0) await Task.Yield();
        }
    }
}
