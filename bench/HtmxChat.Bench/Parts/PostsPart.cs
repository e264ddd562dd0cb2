using System.Runtime.CompilerServices;
using HtmxChat.Bench.Client;
using HtmxChat.Bench.Figures;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Parts;

/// <summary>
/// Posts over HTTP, each acknowledged only when it is on disk. Each run ends by killing the server under load; then every
/// acknowledged post must be in the file, once.
/// </summary>
public sealed class PostsPart : IPart
{
    const int People = 16;
    const int Clients = 64;

    public string Name => "posts";

    public string Title => "Durable posts over HTTP, 64 clients";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        var runs = new List<Window>();
        var acknowledged = 0L;
        while (runs.Count < plan.Rounds)
        {
            var (window, count) = await RunAsync(plan, ct);
            runs.Add(window);
            acknowledged += count;
        }

        yield return Figure.AtLeast("posts", Middle(r => r.PerSecond), 5_000, "/s", $"{Each(r => r.PerSecond)}; client {runs.Max(r => r.ClientCpu):P0} CPU, server {runs.Max(r => r.ServerCpu):P0}");
        yield return Figure.Of("until acknowledged, p50", Middle(r => r.Latencies.Ms(0.5)), "ms", Each(r => r.Latencies.Ms(0.5)));
        yield return Figure.AtMost("until acknowledged, p99", Middle(r => r.Latencies.Ms(0.99)), 50, "ms", Each(r => r.Latencies.Ms(0.99)));
        yield return new Figure("acknowledged and in the file, once, after kill -9", $"all of {Figure.Number(acknowledged)}", "all", Holds: true, "");

        double Middle(Func<Window, double> figure) => Median.Of(runs.Select(figure));
        string Each(Func<Window, double> figure) => Median.Runs(runs.Select(figure));
    }

    static async Task<(Window Window, long Acknowledged)> RunAsync(Plan plan, CancellationToken ct)
    {
        using var data = await DataFolder.SeedAsync(plan, People, messages: 100, ct);
        await using var server = await ChatServer.StartAsync(plan, data, "/health", ct);
        var posters = await OpenAsync(server, ct);

        await using var load = ClosedLoop.Start(posters, p => p.PostAsync());
        await load.WatchAsync(server, plan.Warmup, ct);
        var window = await load.WatchAsync(server, plan.Run, ct);
        await server.KillAsync();
        await load.DisposeAsync();

        await StoredKeys.RequireAsync(data, posters.SelectMany(p => p.Acknowledged), ct);
        return (window, posters.Sum(p => p.Acknowledged.Count()));
    }

    static async Task<List<Poster>> OpenAsync(ChatServer server, CancellationToken ct)
    {
        var posters = new List<Poster>();
        for (var number = 1; number <= People; number++)
        {
            using var person = await SignedInPerson.SignInAsync(server.Address, number, ct);
            while (posters.Count < number * Clients / People) posters.Add(await Poster.OpenAsync(server.Address, person, posters.Count, ct));
        }
        return posters;
    }
}
