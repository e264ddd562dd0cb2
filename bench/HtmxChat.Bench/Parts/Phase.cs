using HtmxChat.Bench.Client;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Parts;

/// <summary>What was seen while an audience listened for a while.</summary>
/// <param name="P50">In ms, from posting a message to its arrival at each of those who always read.</param>
/// <param name="P99">In ms.</param>
/// <param name="GrowthBytes">Of the server's resident memory.</param>
/// <param name="ClientCpu">Of one core.</param>
/// <param name="ServerCpu">Of one core.</param>
public sealed record Phase(double P50, double P99, long GrowthBytes, double ClientCpu, double ServerCpu)
{
    public static async Task<Phase> ListenAsync(ChatServer server, Audience audience, TimeSpan time, CancellationToken ct)
    {
        var latencies = new Latencies();
        foreach (var reader in audience.Reading) reader.Heard = latencies;
        var (memory, clientCpu, serverCpu) = (server.MemoryBytes, Environment.CpuUsage.TotalTime, server.CpuTime);
        await audience.WaitAsync(Task.Delay(time, ct));

        return new Phase(
            latencies.Ms(0.5), latencies.Ms(0.99), server.MemoryBytes - memory,
            (Environment.CpuUsage.TotalTime - clientCpu) / time, (server.CpuTime - serverCpu) / time);
    }
}
