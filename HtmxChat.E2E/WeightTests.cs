using Microsoft.Playwright;

namespace HtmxChat.E2E;

public sealed class WeightTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task The_first_load_of_a_room_with_40_messages_is_at_most_50_KB_in_at_most_8_requests()
    {
        var ann = await site.AnnAsync();
        await ann.PostManyAsync("What a person may well say in a message of ordinary length, number", 40);
        var fresh = await ann.Context.Browser!.NewContextAsync(new() { BaseURL = site.Server.Url, StorageState = await ann.Context.StorageStateAsync() });
        await using var _ = fresh;
        var page = await fresh.NewPageAsync();
        var cdp = await fresh.NewCDPSessionAsync(page);
        await cdp.SendAsync("Network.enable");
        double bytes = 0;
        cdp.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        var sockets = 0;
        page.WebSocket += (_, _) => sockets++;

        await page.GotoAsync("/rooms/1", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.WaitForSelectorAsync("#status[data-state=live]");
        await page.GotoAsync("about:blank"); // so that everything before has been counted

        Assert.Equal(1, sockets);
        var ours = requests.Where(r => r.StartsWith("http", StringComparison.Ordinal)).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{bytes / 1024:F1} KB in {ours.Count + sockets} requests: {string.Join(", ", ours)} and the WebSocket");
        Assert.InRange(ours.Count + sockets, 5, 8);
        Assert.InRange(bytes, 20 * 1024, 50 * 1024);
    }

    [Fact]
    public async Task No_page_has_a_console_error_or_breaks_the_content_security_policy()
    {
        var ann = await site.AnnAsync();
        foreach (var path in new[] { "/admin/invites", "/rooms/new", "/sign-out", "/rooms/1?before=1" }) await ann.Page.GotoAsync(path);
        await ann.EnterAsync();
        await ann.SayAsync("is the console quiet?");
        await ann.SeesAsync("is the console quiet?");
        await ann.Page.ReloadAsync();
        await ann.BecomesLiveAsync();
        var stranger = await site.ComeAsync();
        foreach (var path in new[] { "/", "/sign-in", site.Invite }) await stranger.Page.GotoAsync(path);

        Assert.Empty(ann.Complaints);
        Assert.Empty(stranger.Complaints);

        await ann.Page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))");
        await ann.Page.EvaluateAsync("0");
        Assert.NotEmpty(ann.Complaints); // the ear hears
    }
}
