using System.Net;

namespace HtmxChat.Tests.Accounts;

public sealed class NoOtherSignInTests(SharedSite shared)
{
    [Fact]
    public async Task Where_no_other_site_is_named_there_is_no_way_there()
    {
        Assert.Empty((await shared.Site.NewBrowser().GetAsync("/sign-in")).Page.QuerySelectorAll("main a.button"));
        foreach (var path in new[] { "/sign-in/other", "/sign-in/other/back" }) Assert.Equal(HttpStatusCode.NotFound, (await shared.Site.NewBrowser().GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync("/account/other")).Status);
    }
}
