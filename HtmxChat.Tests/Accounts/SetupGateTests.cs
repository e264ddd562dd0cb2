using System.Net;

namespace HtmxChat.Tests.Accounts;

public sealed class SetupGateTests
{
    [Fact]
    public async Task Before_the_site_is_set_up_every_address_leads_there_but_files_and_the_health_check()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var visitor = site.NewBrowser();

        foreach (var path in new[] { "/", "/sign-in", "/join/x", "/rooms/1", "/rooms/1/live", "/rooms/new", "/admin/invites", "/nowhere" })
        {
            var answer = await visitor.GetAsync(path);
            Assert.Equal((HttpStatusCode.Redirect, "/setup"), (answer.Status, answer.Location));
        }
        foreach (var path in new[] { "/setup", "/health", "/css/chat.css", "/icon.svg" }) Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(path)).Status);
    }
}
