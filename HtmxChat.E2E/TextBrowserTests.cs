using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HtmxChat.E2E;

/// <summary>w3m itself where it is installed, and the very requests that it makes, which also hold for lynx and links.</summary>
public sealed class TextBrowserTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_page_and_a_plain_form_are_enough_to_read_and_to_write()
    {
        var bob = await site.JoinAsync("Bob", scripts: false);
        var room = await bob.CreateRoomAsync("Text only");
        await bob.PostManyAsync("line", 3, room);
        using var browser = await TextBrowserAsync(bob);

        var page = await browser.GetStringAsync(new Uri($"/rooms/{room}", UriKind.Relative), TestContext.Current.CancellationToken);
        var form = Regex.Match(page, "<form id=\"composer\".*?</form>", RegexOptions.Singleline).Value;
        using var fields = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("key", Value(form, "key")), KeyValuePair.Create("text", "by hand"),
            KeyValuePair.Create("__RequestVerificationToken", Value(form, "__RequestVerificationToken")),
        ]);
        using var answer = await browser.PostAsync(new Uri($"/rooms/{room}", UriKind.Relative), fields, TestContext.Current.CancellationToken);

        Assert.Contains("line 3", page, StringComparison.Ordinal);
        Assert.Equal(303, (int)answer.StatusCode);
        Assert.Equal($"/rooms/{room}#m-4", answer.Headers.Location!.ToString());
        Assert.Contains("by hand", await browser.GetStringAsync(answer.Headers.Location, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_w3m_the_newest_messages_come_before_the_form_and_the_rooms_after_it()
    {
        var cleo = await site.JoinAsync("Cleo", scripts: false);
        var room = await cleo.CreateRoomAsync("In w3m");
        await cleo.PostManyAsync("line", 50, room);
        using var browser = await TextBrowserAsync(cleo);
        var page = await browser.GetStringAsync(new Uri($"/rooms/{room}", UriKind.Relative), TestContext.Current.CancellationToken);

        var screen = await ShowInW3mAsync(page);

        // w3m's own words for how the page keeps itself new, which there is a link.
        Assert.StartsWith("Refresh (10 sec)\nNewest messages Write a message Rooms", screen.TrimStart(), StringComparison.Ordinal);
        int[] order = [screen.IndexOf("line 11", StringComparison.Ordinal), screen.IndexOf("line 50", StringComparison.Ordinal),
            screen.IndexOf("Send", StringComparison.Ordinal), screen.IndexOf("Riverside", StringComparison.Ordinal)];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.DoesNotContain("Discard", screen, StringComparison.Ordinal);
    }

    async Task<HttpClient> TextBrowserAsync(Visitor visitor)
    {
        var cookies = await visitor.Context.CookiesAsync();
        var browser = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(site.Server.Url) };
        browser.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Name}={c.Value}")));
        return browser;
    }

    static async Task<string> ShowInW3mAsync(string page)
    {
        using var w3m = Process.Start(new ProcessStartInfo("w3m", ["-dump", "-T", "text/html", "-cols", "100"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await w3m.StandardInput.WriteAsync(page);
        w3m.StandardInput.Close();
        var screen = await w3m.StandardOutput.ReadToEndAsync();
        await w3m.WaitForExitAsync();
        return screen;
    }

    static string Value(string form, string name) => Regex.Match(form, $"name=\"{name}\"[^>]*?value=\"([^\"]*)\"").Groups[1].Value;
}
