using System.Net;
using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class PhoneTests(ClockedSite clocked) : IClassFixture<ClockedSite>
{
    [Fact]
    public async Task A_link_is_good_for_five_minutes_and_the_page_says_when_it_was_not_used()
    {
        var page = await clocked.Ann.SubmitAsync("/account/phone");
        var path = new Uri(page.Only("#link").GetAttribute("value")!).AbsolutePath;
        using var phone = clocked.Site.NewBrowser();
        clocked.Time.Advance(PhoneLinks.Lifetime - TimeSpan.FromSeconds(1));
        var form = await phone.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, form.Status);
        Assert.Equal("/account/phone?handler=State", (await clocked.Ann.GetAsync("/account/phone?handler=State")).Only("#phone-link").GetAttribute("hx-get"));

        clocked.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.NotFound, (await phone.SubmitAsync(form, path)).Status);
        Assert.Equal("This link no longer works", (await phone.GetAsync(path)).TextOf("h1"));
        var state = (await clocked.Ann.GetAsync("/account/phone?handler=State")).Only("#phone-link");
        Assert.Equal(("The link has expired, and nobody has used it.", null), (state.TextContent.Trim(), state.GetAttribute("hx-get")));
    }

    [Fact]
    public async Task The_link_is_shown_once_and_the_page_is_not_kept()
    {
        var page = await clocked.Ann.SubmitAsync("/account/phone");
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);

        Assert.Empty((await clocked.Ann.GetAsync("/account/phone")).Page.QuerySelectorAll("#link, main svg"));
    }
}
