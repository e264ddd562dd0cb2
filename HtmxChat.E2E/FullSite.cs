namespace HtmxChat.E2E;

/// <summary>A site with everything switched on that brings forms along, and that remembers nothing of what it has read.</summary>
public sealed class FullSite(Chromium chromium) : Site(chromium)
{
    // Neither of the two is there: nothing here waits for what they say.
    protected override string[] Settings =>
    [
        "--Caches", "off", "--Mail:Host", "127.0.0.1", "--Mail:Port", "9", "--Mail:From", "chat@example.org", "--Mail:SiteAddress", "https://chat.example.org",
        "--SignIn:Authority", "http://127.0.0.1:9", "--SignIn:ClientId", "chat", "--SignIn:ClientSecret", "between the two of us", "--SignIn:Name", "Elsewhere",
    ];
}
