using System.Diagnostics;
using System.Text;
using HtmxChat.Web.Previews;

namespace HtmxChat.Tests.Previews;

public sealed class PageHeadTests
{
    [Fact]
    public void Open_Graph_goes_before_Twitter_and_that_before_what_HTML_has()
    {
        const string Plain = "<title>HTML</title><meta name=description content=plain>";
        const string Twitter = "<meta name='twitter:title' content=Twitter><meta name='twitter:description' content=short><meta name='twitter:image' content=/t.png>";
        const string OpenGraph = "<meta property='og:title' content=Open><meta property='og:description' content=long><meta property='og:image' content=/o.png><meta property='og:site_name' content=Place>";

        Assert.Equal(new PageHead("", "HTML", "plain", null), PageHead.Read(Plain));
        Assert.Equal(new PageHead("", "Twitter", "short", "/t.png"), PageHead.Read(Plain + Twitter));
        Assert.Equal(new PageHead("Place", "Open", "long", "/o.png"), PageHead.Read(Plain + Twitter + OpenGraph));
    }

    [Fact]
    public void Properties_are_found_by_name_too_and_the_first_of_each_counts()
    {
        Assert.Equal("One", PageHead.Read("<META NAME=\"OG:Title\" CONTENT=\"One\"><meta property=og:title content=Two>").Title);
        Assert.Equal("Plain", PageHead.Read("<meta property=og:title content=' '><title>Plain</title><title>Other</title>").Title);
    }

    [Theory]
    [InlineData("<title>Fish &amp; chips &#8211; caf&eacute;</title>", "Fish & chips – café")]
    [InlineData("<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", "<script>alert(1)</script>")]
    [InlineData("<title>&amp;lt;b&amp;gt;</title>", "&lt;b&gt;")]
    [InlineData("<title><b>not bold</b></title>", "<b>not bold</b>")]
    [InlineData("<title>two\n  lines\t\0here</title>", "two lines \uFFFDhere")]
    [InlineData("<title>a\u202Egnp.exe\u2066b\u0007</title>", "agnp.exeb")]
    [InlineData("<title>\u200B\u3164</title>", "")]
    [InlineData("<script>\"<title>no</title>\"</script><title>yes</title>", "yes")]
    [InlineData("<style><title>no</title></style><!-- <title>no</title> --><title>yes</title>", "yes")]
    [InlineData("<head></head><body><svg><title>no</title></svg>", "")]
    [InlineData("<title>never ended", "never ended")]
    public void What_it_says_is_plain_text_of_one_line(string html, string title) => Assert.Equal(title, PageHead.Read(html).Title);

    [Fact]
    public void What_is_long_is_cut_before_a_character()
    {
        var head = PageHead.Read($"<title>{new string('x', 148)}🎉🎉</title><meta name=description content='{new string('y', 1_000)}'>");

        Assert.Equal($"{new string('x', 148)}…", head.Title);
        Assert.Equal(PageHead.MaxDescription, head.Description.Length);
    }

    public static TheoryData<string, string> Monsters => new()
    {
        { "deep", string.Concat(Enumerable.Repeat("<template>", 50_000)) },
        { "deep tables", string.Concat(Enumerable.Repeat("<table><tr><td>", 30_000)) },
        { "one tag of many attributes", $"<meta {string.Concat(Enumerable.Range(0, 60_000).Select(i => $"a{i}=b "))}>" },
        { "many tags", string.Concat(Enumerable.Repeat("<meta name=a content=b>", 20_000)) },
        { "many names", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<meta name=a{i} content=b>")) },
        { "ends of tags", string.Concat(Enumerable.Repeat("<title></titl", 40_000)) },
        { "references", string.Concat(Enumerable.Repeat("<title>&amp", 40_000)) },
        { "comments", string.Concat(Enumerable.Repeat("<!-", 170_000)) },
        { "less than", new string('<', 512_000) },
        { "titles", string.Concat(Enumerable.Repeat("<title>x<b></title>", 25_000)) },
    };

    [Theory]
    [MemberData(nameof(Monsters), DisableDiscoveryEnumeration = true)]
    public void No_page_takes_long_to_read(string what, string html)
    {
        Assert.InRange(html.Length, 100_000, 1_000_000);
        var clock = Stopwatch.StartNew();

        PageHead.Read(PageText.Decode(Encoding.UTF8.GetBytes(html), null));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{what}: {clock.Elapsed}");
    }
}
