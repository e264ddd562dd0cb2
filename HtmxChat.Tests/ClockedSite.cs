using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests;

/// <summary>A site whose clock stands still until a test moves it. Ann looks after it.</summary>
public sealed class ClockedSite : IAsyncLifetime
{
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public ChatSite Site { get; private set; } = null!;

    public Browser Ann { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(Time));
        Ann = await Site.SetUpByAnnAsync();
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
