using HtmxChat.E2E.OtherBrowsers;

namespace HtmxChat.E2E;

[Collection(typeof(Timed))]
public sealed class FirefoxTests(Chromium chromium) : OtherBrowserContract(chromium)
{
    protected override Task<BrowserSession> StartAsync(Scripts scripts, Uri site, CancellationToken ct) => FirefoxBrowser.StartAsync(scripts, ct);
}
