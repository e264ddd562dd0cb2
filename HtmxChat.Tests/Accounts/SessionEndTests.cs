using HtmxChat.Web.Accounts;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>What becomes of sessions that have run out.</summary>
public sealed class SessionEndTests(ClockedSite shared) : IClassFixture<ClockedSite>
{
    [Fact]
    public async Task A_session_that_has_run_out_keeps_no_connection_open_and_its_row_goes()
    {
        var session = $"{Assert.Single(await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select id from sessions", row => row.GetInt64(0), Ct))}";
        var tickets = shared.Site.Services.GetRequiredService<SessionTickets>();
        Assert.True(await tickets.IsOpenAsync(session, Ct));
        Assert.Single(await tickets.FindOpenAsync([session], Ct));

        await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update sessions set expires_at_ms = @past", ("@past", shared.Time.GetUtcNow().ToUnixTimeMilliseconds() - 1)), Ct);
        var (isOpen, open) = (await tickets.IsOpenAsync(session, Ct), await tickets.FindOpenAsync([session], Ct));

        Assert.Equal((false, 0), (isOpen, open.Count));
        await Until(GoneAsync(), shared.Time, TimeSpan.FromMinutes(1));

        async Task GoneAsync()
        {
            while ((await shared.Site.CountAsync("sessions"))[0] > 0) await Task.Yield();
        }
    }
}
