using HtmxChat.E2E.OtherBrowsers;

namespace HtmxChat.E2E;

[Collection(typeof(Timed))]
public sealed class WebKitTests(Chromium chromium, WebKitTests.Screen screen) : OtherBrowserContract(chromium), IClassFixture<WebKitTests.Screen>
{
    protected override Task<BrowserSession> StartAsync(Scripts scripts, Uri site, CancellationToken ct) => WebKitBrowser.StartAsync(screen.Display, scripts, site, ct);

    /// <summary>MiniBrowser draws on a real display, or a virtual one.</summary>
    public sealed class Screen : IAsyncLifetime
    {
        public VirtualDisplay Display { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Display = await VirtualDisplay.StartAsync(TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => Display.DisposeAsync();
    }
}
