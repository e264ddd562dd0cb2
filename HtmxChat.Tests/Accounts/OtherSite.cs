namespace HtmxChat.Tests.Accounts;

/// <summary>A site whose people may sign in by another, and that other one, for all tests of one class.</summary>
public sealed class OtherSite : IAsyncLifetime
{
    internal IdentityProvider Provider { get; private set; } = null!;

    public ChatSite Site { get; private set; } = null!;

    public Browser Ann { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await IdentityProvider.StartAsync();
        Site = await ChatSite.StartEmptyAsync(Provider.Settings);
        Ann = await Site.SetUpByAnnAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
