using System.Runtime.CompilerServices;
using HtmxChat.Bench.Client;
using HtmxChat.Bench.Figures;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Parts;

/// <summary>The room page with its newest 40 messages, signed in and compressed, over 16 connections.</summary>
public sealed class PagesPart : IPart
{
    const int Connections = 16;
    const int FewMessages = 100;
    const double WarmLimit = 5_000;
    const double CachesOffLimit = 1_000;

    // "As fast": what runs on one machine differ by anyway.
    const double LeastRatio = 0.9;

    public string Name => "pages";

    public string Title => "Room page, 40 messages, signed in, compressed";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        using var small = await DataFolder.SeedAsync(plan, people: 20, FewMessages, ct);
        using var large = await DataFolder.SeedAsync(plan, people: 20, plan.ManyMessages, ct);
        var many = $"{Figure.Number(plan.ManyMessages)} messages";
        foreach (var (caches, limit, settings) in new[] { ("warm caches", WarmLimit, Array.Empty<string>()), ("caches off", CachesOffLimit, ["--Caches", "off"]) })
        {
            var (few, fewNote) = await PagesPerSecondAsync(plan, small, settings, ct);
            yield return Figure.AtLeast($"{caches}, room of {FewMessages} messages", few, limit, "pages/s", fewNote);

            var (lots, lotsNote) = await PagesPerSecondAsync(plan, large, settings, ct);
            yield return Figure.AtLeast($"{caches}, room of {many}", lots, limit, "pages/s", lotsNote);
            yield return Figure.AtLeast($"{caches}: the large room beside the small one", lots / few, LeastRatio, "x");
        }
    }

    static async Task<(double PerSecond, string Note)> PagesPerSecondAsync(Plan plan, DataFolder data, string[] settings, CancellationToken ct)
    {
        await using var server = await ChatServer.StartAsync(plan, data, "/health", ct, settings);
        using var person = await SignedInPerson.SignInAsync(server.Address, 1, ct);
        await person.OpenRoomAsync(1, ct);
        var request = Requests.Get(server.Address, "/rooms/1", person.Cookies);
        HttpConnection[] connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => HttpConnection.OpenAsync(server.Address, ct)));
        var bytes = await GetAsync(connections[0], request);

        await using var load = ClosedLoop.Start(connections, async c => await GetAsync(c, request));
        await load.WatchAsync(server, plan.Warmup, ct);
        var runs = new List<Window>();
        while (runs.Count < plan.Rounds) runs.Add(await load.WatchAsync(server, plan.Run, ct));
        return (Median.Of(runs.Select(r => r.PerSecond)), $"{Median.Runs(runs.Select(r => r.PerSecond))}; {Figure.Number(bytes / 1024.0)} KB; {Shares(runs)}");
    }

    static async ValueTask<int> GetAsync(HttpConnection connection, byte[] request)
    {
        var answer = await connection.SendAsync(request);
        return answer.Status == 200 ? answer.Bytes : throw new WrongAnswerException($"A page was answered with {answer.Status}.");
    }

    static string Shares(List<Window> runs) => $"client {runs.Max(r => r.ClientCpu):P0} CPU, server {runs.Max(r => r.ServerCpu):P0}";
}
