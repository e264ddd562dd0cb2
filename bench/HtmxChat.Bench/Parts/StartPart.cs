using System.Runtime.CompilerServices;
using HtmxChat.Bench.Client;
using HtmxChat.Bench.Figures;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Parts;

/// <summary>How soon the published server answers when there is a database already, and what it weighs when nobody asks for anything.</summary>
public sealed class StartPart : IPart
{
    const double LongestMs = 400;
    const double MostMegabytes = 80;
    const int Pages = 100;

    public string Name => "start";

    public string Title => "Start and memory when idle, published build";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        using var data = await DataFolder.SeedAsync(plan, people: 20, messages: 10_000, ct);
        foreach (var (what, path) in new[] { ("the health check", "/health"), ("the sign-in page", "/sign-in") })
        {
            var starts = new List<double>();
            while (starts.Count < plan.Starts) starts.Add(await StartAsync(plan, data, path, ct));
            yield return Figure.AtMost($"start to the first answer of {what}", Median.Of(starts), LongestMs, "ms", Median.Runs(starts));
        }

        await using var server = await ChatServer.StartAsync(plan, data, "/health", ct);
        await Task.Delay(plan.Idle, ct);
        yield return Figure.AtMost($"resident memory {plan.Idle.TotalSeconds} s after the start", Megabytes(server), MostMegabytes, "MB");

        await AskForPagesAsync(server, ct);
        await Task.Delay(plan.Idle, ct);
        yield return Figure.AtMost($"resident memory {plan.Idle.TotalSeconds} s after {Pages} room pages", Megabytes(server), MostMegabytes, "MB");
    }

    static async Task<double> StartAsync(Plan plan, DataFolder data, string path, CancellationToken ct)
    {
        await using var server = await ChatServer.StartAsync(plan, data, path, ct);
        return server.StartTook.TotalMilliseconds;
    }

    static async Task AskForPagesAsync(ChatServer server, CancellationToken ct)
    {
        using var person = await SignedInPerson.SignInAsync(server.Address, 1, ct);
        for (var page = 0; page < Pages; page++) await person.OpenRoomAsync(1, ct);
    }

    static double Megabytes(ChatServer server) => server.MemoryBytes / (1024.0 * 1024);
}
