using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class MemoryRelayTests : RelayContract
{
    readonly MemoryNetwork network = new();

    protected override Task<IRelay> JoinAsync() => Task.FromResult(network.Join());
}
