namespace HtmxChat.Bench.Client;

/// <summary>What was seen while a load ran.</summary>
/// <param name="PerSecond">Answers.</param>
/// <param name="Latencies">From sending a request to having its whole answer.</param>
/// <param name="ClientCpu">Of one core: near 1 means that the client was the limit and the figure says nothing.</param>
/// <param name="ServerCpu">Of one core.</param>
public sealed record Window(double PerSecond, Latencies Latencies, double ClientCpu, double ServerCpu);
