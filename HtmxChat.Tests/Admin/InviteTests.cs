using System.Net;

namespace HtmxChat.Tests.Admin;

public sealed class InviteTests(SharedSite shared)
{
    [Fact]
    public async Task An_administrator_is_shown_the_link_as_others_can_open_it()
    {
        var page = await shared.Ann.GetAsync("/invite");

        var link = new Uri(page.Only("#invite-link").GetAttribute("value")!);

        Assert.Equal(shared.Site.Address.Authority, link.Authority);
        Assert.Equal(HttpStatusCode.OK, (await shared.Site.NewBrowser().GetAsync(link.PathAndQuery)).Status);
    }

    [Fact]
    public async Task Nobody_else_is_shown_it()
    {
        var answer = await shared.Bob.GetAsync("/invite");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.DoesNotContain("/join/", answer.Text, StringComparison.Ordinal);
        Assert.Empty((await shared.Bob.GetAsync("/rooms/1")).Page.QuerySelectorAll("[href='/invite']"));
        Assert.Single((await shared.Ann.GetAsync("/rooms/1")).Page.QuerySelectorAll("[href='/invite']"));
    }
}
