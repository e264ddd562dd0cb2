using System.Runtime.CompilerServices;
using HtmxChat.Bench.Figures;

namespace HtmxChat.Bench.Parts;

/// <summary>This server beside others, out of what the yardstick has measured: ratios of the same run, which mean something on any machine.</summary>
/// <param name="file">What <c>measure --out</c> has written.</param>
public sealed class YardstickPart(string file) : IPart
{
    const string Ours = "htmxchat";
    const string Cpu = "server_cpu_us_per_delivery";
    const string P50 = "latency_ms.p50";
    const string P99 = "latency_ms.p99";
    const string Rate = "deliveries_per_s";
    const string Memory = "rss_idle_kb_per_conn";

    public string Name => "yardstick";

    public string Title => "Beside other servers";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        var report = await YardstickReport.ReadAsync(file, ct);
        yield return AtMost(report, "A", "CPU for each delivery", Cpu, "socketio", 0.85);
        yield return AtMost(report, "A", "CPU for each delivery", Cpu, "signalr", 0.6);
        yield return AtMost(report, "A", "p99", P99, "socketio", 1);
        yield return Figure.AtLeast("B: deliveries, of at most 1,000,000", report.Middle("B", Ours, Rate), 980_000, "/s", $"socketio {Number(report, "B", "socketio")}, signalr {Number(report, "B", "signalr")}");
        yield return Figure.AtLeast("E: deliveries", report.Middle("E", Ours, Rate), 2_000_000, "/s", $"{Median.Runs(report.Runs("E", Ours, Rate))}; socketio {Number(report, "E", "socketio")}, signalr {Number(report, "E", "signalr")}");
        yield return Figure.AtMost("C: memory for each of 10,000 connections", report.Middle("C", Ours, Memory), 13, "KiB", Median.Runs(report.Runs("C", Ours, Memory)));
        yield return AtMost(report, "C", "p50", P50, "ws", 1);
        yield return AtMost(report, "C", "p99", P99, "ws", 1);
        yield return AtMost(report, "D", "CPU for each delivery", Cpu, "signalr", 1);
        yield return Figure.AtMost("D: p99", report.Middle("D", Ours, P99), 20, "ms", Median.Runs(report.Runs("D", Ours, P99)));
        foreach (var scenario in new[] { "A", "B", "C", "D", "E" })
            yield return Figure.AtMost($"{scenario}: lost, doubled or out of order", report.FaultCount(scenario, Ours), 0, "");
    }

    static Figure AtMost(YardstickReport report, string scenario, string what, string figure, string peer, double limit)
    {
        var (ours, theirs) = (report.Middle(scenario, Ours, figure), report.Middle(scenario, peer, figure));
        return Figure.AtMost($"{scenario}: {what}, beside {peer}", ours / theirs, limit, "x", $"{Figure.Number(ours)} and {Figure.Number(theirs)}");
    }

    static string Number(YardstickReport report, string scenario, string server) => Figure.Number(report.Middle(scenario, server, Rate));
}
