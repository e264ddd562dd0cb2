using System.Runtime.CompilerServices;
using HtmxChat.Bench.Client;
using HtmxChat.Bench.Figures;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Parts;

/// <summary>
/// One room of 1,000 readers, 20 messages a second, in turns: all read, then one in ten does not read its socket at all,
/// then those read again. What the others notice, what it costs, and how soon all is well.
/// </summary>
public sealed class StuckReadersPart : IPart
{
    const int Stuck = 100;
    const int Others = 900;
    const double MostGrowthPercent = 10;
    const double MostKilobytes = 64;
    const double LongestSeconds = 2;

    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public string Name => "stuck";

    public string Title => "One stuck reader in ten: 1,000 readers, 20 messages/s";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        using var data = await DataFolder.SeedAsync(plan, people: 20, messages: 100, ct);
        await using var server = await ChatServer.StartAsync(plan, data, "/health", ct);
        using var audience = await Audience.OpenAsync([server.Address], Others, Talk.Essay, Between, ct);
        await Phase.ListenAsync(server, audience, plan.Warmup, ct);

        // The first round is not counted: the server's heap finds its size in it.
        await RunAsync(server, audience, plan, ct);
        var rounds = new List<Round>();
        while (rounds.Count < plan.Rounds) rounds.Add(await RunAsync(server, audience, plan, ct));

        var (all, stuck, backlogs) = (rounds.ConvertAll(r => r.All), rounds.ConvertAll(r => r.Stuck), rounds.ConvertAll(r => r.Backlog));
        var (before, after) = (Middle(all, p => p.P99), Middle(stuck, p => p.P99));
        yield return Figure.Of("p99 when all read", before, "ms", Note(all));
        yield return Figure.Of("p99 of the other 900 when 100 are stuck", after, "ms", Note(stuck));
        yield return Figure.AtMost("p99 grows by", (after / before - 1) * 100, MostGrowthPercent, "%", $"when all read, the runs differ by {all.Max(p => p.P99) / all.Min(p => p.P99) - 1:P0} among themselves");
        yield return Figure.AtMost("memory for each stuck reader", Middle(stuck, Kilobytes), MostKilobytes, "KB",
            $"growth of the server's resident memory over {plan.Phase.TotalSeconds} s by 100: {Each(stuck, Kilobytes)}; while all read: {Each(all, Kilobytes)}");
        yield return Figure.AtMost("the slowest of them has everything again after", Middle(backlogs, b => b.Cleared.TotalSeconds), LongestSeconds, "s", Each(backlogs, b => b.Cleared.TotalSeconds));
        yield return Figure.Of("what each lacked by then", Middle(backlogs, b => b.LackedBytes / 1024.0), "KB",
            $"the server kept back at least {Figure.Number(backlogs.Min(b => b.KeptBackBytes) / 1024.0)} KB of it, so its writes were blocked; the rest was the kernel's");
    }

    sealed record Round(Phase All, Phase Stuck, Backlog Backlog);

    static async Task<Round> RunAsync(ChatServer server, Audience audience, Plan plan, CancellationToken ct)
    {
        await audience.ReplaceStickingAsync(Stuck, ct);
        await audience.WaitAsync(Task.Delay(Settling, ct));
        var all = await Phase.ListenAsync(server, audience, plan.Phase, ct);

        audience.Stick();
        var stuck = await Phase.ListenAsync(server, audience, plan.Phase, ct);
        return new Round(all, stuck, await Backlog.ClearAsync(server, audience));
    }

    static double Kilobytes(Phase phase) => phase.GrowthBytes / 1024.0 / Stuck;

    static string Note(List<Phase> phases) =>
        $"{Each(phases, p => p.P99)}; p50 {Each(phases, p => p.P50)}; client {phases.Max(p => p.ClientCpu):P0} CPU, server {phases.Max(p => p.ServerCpu):P0}";

    static double Middle<T>(List<T> runs, Func<T, double> figure) => Median.Of(runs.Select(figure));

    static string Each<T>(List<T> runs, Func<T, double> figure) => Median.Runs(runs.Select(figure));
}
