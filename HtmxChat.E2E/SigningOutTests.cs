using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class SigningOutTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("live", "Bob")]
    [InlineData("fallback", "Cleo")]
    public async Task Signing_out_in_one_tab_takes_the_other_to_the_sign_in_page(string state, string name)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = state == "fallback" };
        var person = await site.JoinAsync(name, proxy.Url);
        await person.StatusBecomesAsync(state);
        var second = await person.SecondTabAsync();
        await second.Page.GotoAsync("/sign-out");

        await second.Page.ClickAsync("button");

        await Expect(person.Page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Fact]
    public async Task A_page_whose_session_ended_while_it_was_cut_off_comes_back_to_the_sign_in_page()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var dora = await site.JoinAsync("Dora", proxy.Url);
        await dora.BecomesLiveAsync();
        proxy.Cut();
        await dora.StatusBecomesAsync("reconnecting");
        await SignOutElsewhereAsync(dora);

        proxy.Mend();

        await Expect(dora.Page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    // The same session, by a way that is not cut.
    async Task SignOutElsewhereAsync(Visitor visitor)
    {
        var cookies = string.Join("; ", (await visitor.Context.CookiesAsync()).Select(c => $"{c.Name}={c.Value}"));
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(site.Server.Url) };
        http.DefaultRequestHeaders.Add("Cookie", cookies);
        var page = await http.GetStringAsync(new Uri("/sign-out", UriKind.Relative), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", Regex.Match(page, "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)").Groups[1].Value)]);
        using var answer = await http.PostAsync(new Uri("/sign-out", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in", answer.Headers.Location?.ToString());
    }
}
