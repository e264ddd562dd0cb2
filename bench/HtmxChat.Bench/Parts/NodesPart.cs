using System.Runtime.CompilerServices;
using HtmxChat.Bench.Client;
using HtmxChat.Bench.Figures;
using HtmxChat.Bench.Server;
using HtmxChat.Tests.Servers;
using HtmxChat.Web.Live;

namespace HtmxChat.Bench.Parts;

/// <summary>
/// One node and two on the same core, with the same room and the same 1,000 readers; and what a message costs that
/// crosses from one node to the other. PostgreSQL and Redis share the client's core.
/// </summary>
public sealed class NodesPart : IPart
{
    const int Readers = 1_000;
    const int People = 16;
    const int Clients = 64;

    static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Brisk = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public string Name => "nodes";

    public string Title => "Two nodes on PostgreSQL and Redis beside one";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var redis = new RedisServer();
        await redis.StartAsync();
        string[] settings = ["--ConnectionStrings:Chat", await postgres.NewDatabaseAsync(), "--ConnectionStrings:Redis", redis.ConnectionString];
        using var data = await DataFolder.SeedAsync(plan, people: 20, messages: 100, ct, settings);
        await using var first = await ChatServer.StartAsync(plan, data, "/health", ct, settings);
        await using var second = await ChatServer.StartAsync(plan, data, "/health", ct, settings);
        ChatServer[] one = [first], both = [first, second];

        await RunAsync(one, Readers, Brisk, plan, ct);
        await RunAsync(both, Readers, Brisk, plan, ct);
        var (slowOne, slowTwo, briskOne, briskTwo) = (new List<Heard>(), new List<Heard>(), new List<Heard>(), new List<Heard>());
        for (var round = 0; round < plan.Rounds; round++)
        {
            slowOne.Add(await RunAsync(one, Readers, Slow, plan, ct));
            slowTwo.Add(await RunAsync(both, Readers, Slow, plan, ct));
            briskOne.Add(await RunAsync(one, Readers, Brisk, plan, ct));
            briskTwo.Add(await RunAsync(both, Readers, Brisk, plan, ct));
        }
        yield return Cpu("20 messages/s: CPU for a delivery, one node", slowOne);
        yield return Cpu("the same, two nodes together", slowTwo);
        yield return Cpu("100 messages/s: CPU for a delivery, one node", briskOne);
        yield return Cpu("the same, two nodes together", briskTwo);

        // A node hears a room for a while after its last reader has gone.
        await Task.Delay(2 * RoomLogs.KeepTime, ct);
        var (here, across) = (new List<Heard>(), new List<Heard>());
        while (here.Count < plan.Rounds) here.Add(await RunAsync(both, readers: 1, Fast, plan, ct));
        while (across.Count < plan.Rounds) across.Add(await RunAsync(both, readers: 2, Fast, plan, ct));
        yield return Figure.Of("1,000 messages/s, nobody reads on the second node: its CPU for a message", Median.Of(here.Select(h => h.SecondCpuUs)), "us", Median.Runs(here.Select(h => h.SecondCpuUs)));
        yield return Figure.Of("the same, somebody does", Median.Of(across.Select(h => h.SecondCpuUs)), "us", Median.Runs(across.Select(h => h.SecondCpuUs)));
        yield return Figure.Of("the first node's CPU for a message, post and all: nobody, somebody reads on the second", Median.Of(across.Select(h => h.FirstCpuUs)), "us",
            $"nobody {Median.Runs(here.Select(h => h.FirstCpuUs))}; somebody {Median.Runs(across.Select(h => h.FirstCpuUs))}");

        var (postsOne, postsTwo) = (new List<Window>(), new List<Window>());
        for (var round = 0; round < plan.Rounds; round++)
        {
            postsOne.Add(await PostAsync(one, 2 * round, plan, ct));
            postsTwo.Add(await PostAsync(both, 2 * round + 1, plan, ct));
        }
        yield return Posts("durable posts over HTTP by 64 clients, all to one room: one node", postsOne);
        yield return Posts("the same, half of the clients on each of two nodes", postsTwo);
    }

    static Figure Posts(string what, List<Window> runs) => Figure.Of(
        what, Median.Of(runs.Select(r => r.PerSecond)), "/s",
        $"{Median.Runs(runs.Select(r => r.PerSecond))}; p99 {Median.Runs(runs.Select(r => r.Latencies.Ms(0.99)))} ms; client {runs.Max(r => r.ClientCpu):P0} CPU, first node {runs.Max(r => r.ServerCpu):P0}");

    /// <param name="run">Tells this run's messages from those of others.</param>
    static async Task<Window> PostAsync(ChatServer[] nodes, int run, Plan plan, CancellationToken ct)
    {
        var posters = new List<Poster>();
        for (var number = 1; number <= People; number++)
        {
            using var person = await SignedInPerson.SignInAsync(nodes[0].Address, number, ct);
            while (posters.Count < number * Clients / People) posters.Add(await Poster.OpenAsync(nodes[posters.Count % nodes.Length].Address, person, run * Clients + posters.Count, ct));
        }
        await using var load = ClosedLoop.Start(posters, p => p.PostAsync());
        await load.WatchAsync(nodes[0], plan.Warmup / 3, ct);
        return await load.WatchAsync(nodes[0], plan.Run, ct);
    }

    static Figure Cpu(string what, List<Heard> runs) => Figure.Of(what, Median.Of(runs.Select(r => r.CpuUs)), "us", $"{Median.Runs(runs.Select(r => r.CpuUs))}; {Note(runs)}");

    static string Note(List<Heard> runs) => $"p99 {Median.Runs(runs.Select(r => r.P99))} ms; client {runs.Max(r => r.ClientCpu):P0} CPU";

    /// <param name="CpuUs">Of all nodes, for a delivery.</param>
    /// <param name="FirstCpuUs">Of the node that was posted to, for a message.</param>
    /// <param name="SecondCpuUs">Of the other, for a message.</param>
    sealed record Heard(double CpuUs, double FirstCpuUs, double SecondCpuUs, double P99, double ClientCpu);

    static async Task<Heard> RunAsync(ChatServer[] nodes, int readers, TimeSpan every, Plan plan, CancellationToken ct)
    {
        // What the last one said has arrived.
        await Task.Delay(Settling, ct);
        using var audience = await Audience.OpenAsync([.. nodes.Select(n => n.Address)], readers, Talk.Line, every, ct);
        await audience.WaitAsync(Task.Delay(plan.Warmup / 5, ct));

        var latencies = new Latencies();
        foreach (var reader in audience.Reading) reader.Heard = latencies;
        var (before, newest, client) = (nodes.Select(n => n.CpuTime).ToList(), audience.Newest, Environment.CpuUsage.TotalTime);
        await audience.WaitAsync(Task.Delay(plan.Run, ct));

        var cpu = nodes.Zip(before, (node, then) => (node.CpuTime - then).TotalMicroseconds).ToList();
        var (deliveries, messages) = ((double)latencies.Count, audience.Newest - newest);
        return new Heard(
            cpu.Sum() / deliveries, cpu[0] / messages, cpu.Skip(1).Sum() / messages,
            latencies.Ms(0.99), (Environment.CpuUsage.TotalTime - client) / plan.Run);
    }
}
