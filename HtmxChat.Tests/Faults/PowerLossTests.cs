using HtmxChat.E2E;

namespace HtmxChat.Tests.Faults;

public sealed class PowerLossTests
{
    [Fact]
    public async Task A_disk_as_it_was_at_any_moment_holds_all_that_was_acknowledged_before()
    {
        await using var disk = await MountedDisk.NewAsync();
        await using var site = await FaultSite.StartAsync(ChatServer.On(disk.Folder), withProxy: false);
        var (ledger, times, random) = (new Ledger(), FaultLevel.Times(2, 50), new Random(20261123));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var talking = Enumerable.Range(1, 8).Select(i => TalkAsync(new Poster(site.Chat, ledger, $"Person {i}"), enough.Token)).ToList();

        List<string> broken = [];
        var losses = 0;
        for (; losses < times; losses++)
        {
            await Task.Delay(random.Next(0, 800), Ct);
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            var acknowledged = ledger.AcknowledgedByNow();
            await using var copy = await disk.CopyAsItIsAsync(site.Server);
            broken.AddRange(await LostAsync(copy, site, acknowledged, ledger));
        }
        await enough.CancelAsync();
        await Task.WhenAll(talking);
        FaultLevel.Report($"power loss, with up to {ledger.Acknowledged.Count} messages acknowledged", losses, times, broken);
    }

    static async Task<List<string>> LostAsync(MountedDisk copy, FaultSite site, IReadOnlyDictionary<string, long> acknowledged, Ledger ledger)
    {
        await using var server = ChatServer.On(copy.Folder);
        await server.StartAsync();
        var stored = await new HttpChat(site.Ann, site.Room, HttpChat.File(server.Database)).StoredAsync(Ct);
        await server.KillAsync();

        var then = new Ledger();
        foreach (var (key, text) in ledger.Sent) then.Sends(key, text);
        foreach (var (key, seq) in acknowledged) then.IsAcknowledged(key, seq);
        return [.. Checker.Check(then, stored, fresh: null!, shown: [])];
    }

    static async Task TalkAsync(Poster poster, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested) await poster.SayAsync(Ct);
    }
}
