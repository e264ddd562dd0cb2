namespace HtmxChat.Tests.Faults;

public sealed class DiskTests
{
    const int ServiceUnavailable = 503;

    [Theory]
    [InlineData("disk full", "write,pwrite64,fallocate", "ENOSPC")]
    [InlineData("file that became read-only", "write,pwrite64", "EROFS")]
    [InlineData("fsync error", "fsync,fdatasync", "EIO")]
    public async Task While_the_disk_fails_posts_say_so_and_reading_goes_on_and_then_all_is_well_without_a_restart(string fault, string calls, string error)
    {
        await using var site = await FaultSite.StartAsync();
        var (ledger, times) = (new Ledger(), FaultLevel.Times(3, 50));
        var viewers = await site.ViewersAsync(3);
        var poster = new Poster(site.Chat, ledger, "Ann");
        await poster.SayAsync(Ct);
        var before = await site.Chat.LoadAsync(Ct);

        FailingCalls failing;
        try
        {
            failing = await FailingCalls.AttachAsync(site.Server, calls, error);
        }
        catch (InvalidOperationException e)
        {
            Assert.Skip($"Void: {e.Message}");
            return;
        }
        var unsent = new List<string>();
        await using (failing)
        {
            for (var i = 0; i < times; i++)
            {
                unsent.Add(Guid.NewGuid().ToString("N"));
                ledger.Sends(unsent[^1], $"Kept {i}");
                await Assert.ThrowsAsync<IOException>(() => site.Chat.PostAsync(unsent[^1], $"Kept {i}", Ct));
            }
            Assert.Equal(ShownPage.Load(before).Messages, ShownPage.Load(await site.Chat.LoadAsync(Ct)).Messages);
            Assert.All(viewers, v => Assert.Single(v.Page.Messages));
        }

        foreach (var key in unsent) ledger.IsAcknowledged(key, await site.Chat.PostAsync(key, ledger.Sent[key], Ct).Soon());
        await poster.SayAsync(Ct);
        var broken = await site.CheckAsync(ledger, viewers, TimeSpan.FromSeconds(10));
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        Assert.Equal(Enumerable.Repeat(ServiceUnavailable, times), site.Chat.Refusals);
        FaultLevel.Report($"{fault}, while {times} posts came", failing.Injected, times, broken);
    }
}
