using System.Net;

namespace HtmxChat.Tests.Shared;

public sealed class AssetsTests(SharedSite shared)
{
    [Theory]
    [InlineData("/rooms/1", 6)]
    [InlineData("/rooms/1/composer", 2)]
    [InlineData("/rooms/new", 2)]
    [InlineData("/problem/404", 2)]
    public async Task A_page_names_its_files_so_that_browsers_may_keep_them_for_ever(string path, int count)
    {
        var page = (await shared.Ann.GetAsync(path)).Page;
        var scripts = page.QuerySelectorAll("script").Select(e => e.GetAttribute("src"));
        var links = page.QuerySelectorAll("link").Concat(page.QuerySelectorAll("noscript").SelectMany(n => n.QuerySelectorAll("link"))).Select(e => e.GetAttribute("href"));
        var files = scripts.Concat(links).OfType<string>().Distinct().ToList();

        Assert.Equal(count, files.Count);
        foreach (var file in files)
        {
            var answer = await shared.Ann.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.EndsWith("max-age=31536000, immutable", answer.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }
}
