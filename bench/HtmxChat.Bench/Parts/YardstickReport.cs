using System.Text.Json;
using HtmxChat.Bench.Figures;

namespace HtmxChat.Bench.Parts;

/// <summary>What the yardstick's <c>measure --out FILE</c> has written: one report for each run of a server in a scenario.</summary>
public sealed class YardstickReport(JsonElement all)
{
    static readonly string[] Faults = ["missing", "duplicates", "corrupt", "foreign", "failed", "disconnects", "protocol_errors", "order_inversions"];

    public static async Task<YardstickReport> ReadAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        using var json = await JsonDocument.ParseAsync(stream, cancellationToken: ct);
        return new YardstickReport(json.RootElement.Clone());
    }

    /// <summary>The runs of a server in a scenario, by one figure such as <c>latency_ms.p99</c>.</summary>
    public IReadOnlyList<double> Runs(string scenario, string server, string figure) => [.. Reports(scenario, server).Select(report => Find(report, figure).GetDouble())];

    /// <summary>The median of <see cref="Runs"/>; not a number when there was none.</summary>
    public double Middle(string scenario, string server, string figure) => Runs(scenario, server, figure) is { Count: > 0 } runs ? Median.Of(runs) : double.NaN;

    /// <summary>How many deliveries were missing, doubled, damaged or out of order, or came to nothing in another way.</summary>
    public long FaultCount(string scenario, string server) => Reports(scenario, server).Sum(report => Faults.Sum(fault => report.GetProperty(fault).GetInt64()));

    IEnumerable<JsonElement> Reports(string scenario, string server) => all.GetProperty("runs").EnumerateArray()
        .Where(run => run.GetProperty("scenario").GetString() == scenario && run.GetProperty("server").GetString() == server && run.TryGetProperty("report", out _))
        .Select(run => run.GetProperty("report"));

    static JsonElement Find(JsonElement report, string figure) => figure.Split('.').Aggregate(report, (at, name) => at.GetProperty(name));
}
