namespace HtmxChat.Tests.Servers;

/// <summary>As a fixture it runs from the beginning.</summary>
public sealed partial class RedisServer : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await StartAsync();
}
