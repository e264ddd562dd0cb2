using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Markup;
using HtmxChat.Web.Messages.Mentions;

namespace HtmxChat.Tests.Messages.Markup;

/// <summary>Whatever somebody writes, showing it takes little time and little room.</summary>
/// <remarks>By itself: while other tests have new code compiled, that of this one is not compiled again.</remarks>
[Collection(typeof(MarkupBoundsTests))]
[CollectionDefinition(DisableParallelization = true)]
public sealed class MarkupBoundsTests
{
    const int Seed = 20261130;
    const int Count = 1_000;
    const int MostBytes = 256 * 1024;

    // Code is compiled in haste, and again when it has run often: what takes 50 ms before that takes 20 afterwards.
    const int MostTries = 100;

    static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(50);

    static readonly string[] Languages = ["cs", "js", "ts", "py", "json", "html", "xml", "sql", "css", "cpp", "java", "php", "ps1", "fs", "hs", "md", "vb", "go", "rust", "sh", "yaml", "ini", "rb", "kt", "swift", "dockerfile", "diff", "koka", "fortran", "matlab"];

    // Repeated up to the longest text, they are what takes parsers of Markdown longest, and highlighters of code.
    static readonly string[] Parts =
    [
        "*", "_", "~", "|", "`", "*a ", "a*", "a**b", "*a_ ", "_*", "**x* ", "~~a", "||a *b* ", "||a|| ", "[", "]", "[]", "[](", "[a](", "[x](a ", "![", "[x](<b", "[a](http://a) ", "http://a ", "<http://a>", "<", "<a ", "<!--", "<a@b.c>", "www.", "mailto:a@b ",
        ">", "> ", "> a\n", "- ", "- a\n", "1. ", "- a\n+ b\n", "> - ", "- > ", "# a\n", "a\n-\n", "---\n", "```\n", "```\na\n```\n", "~~~a\n", "    a\n\n", "a\n\n", "a\n", "\\", "&amp;", "&lt;", "&#x", "\"'", "`a` ", "|a", "a|b\n", "[a]: b\n", ":", "👍", "@bob ", "漢", "*a*", "***a***", "**[a](http://a)**", "*_`[]<>#|~\\&!-+1.@:", "\t-\ta\n", "word ", "\"",
        "1 ", "'", "/*", "(", "a=\"", " ", "x", "int ", "@\"", "$a ", "{\"a\":", "\"\\", "-1.", "[a:", "a:b;", "<% ", "<script>", "a{b:c", "/", "// a\n", "__a_", "$'a", "'''", "{-", "&a;", "# -\n", "aaaaaaaaaa!", "0x", "e+",
    ];

    [Fact]
    public void A_thousand_messages_of_every_kind_take_less_than_50_ms_and_256_KB_each()
    {
        var texts = All().ToList();
        Assert.Equal(Count, texts.Count);
        foreach (var text in texts.Take(Parts.Length)) FormattedTextTests.Html(text);
        foreach (var language in Languages) FormattedTextTests.Html($"```{language}\nx = 1\n```");

        var slowest = TimeSpan.Zero;
        foreach (var text in texts)
        {
            var (time, html) = Timed(text);
            for (var again = 1; again < MostTries && time >= MostTime; again++) (time, html) = Timed(text);

            slowest = time > slowest ? time : slowest;
            Assert.True(time < MostTime, $"{time.TotalMilliseconds:F1} ms for {Shown(text)}");
            Assert.InRange(Encoding.UTF8.GetByteCount(html), 0, MostBytes);
            Assert.DoesNotContain('\n', html);
            Assert.InRange(DepthOf(new HtmlParser().ParseDocument(html).Body!), 1, 128);
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"The slowest took {slowest.TotalMilliseconds:F1} ms.");
    }

    [Theory]
    [InlineData("*")]
    [InlineData(">")]
    [InlineData("- ")]
    [InlineData("[a](b)")]
    [InlineData("[a](http://a)")]
    [InlineData("**a* ")]
    public void What_is_too_much_is_shown_as_it_was_typed(string part)
    {
        var text = Repeated(part).Trim();

        var shown = new HtmlParser().ParseDocument(FormattedTextTests.Html(text)).Body!;

        Assert.Equal((0, text), (shown.ChildElementCount, shown.TextContent));
    }

    [Fact]
    public void A_table_of_many_cells_is_shown_as_it_was_typed_whether_they_are_written_or_not()
    {
        var wide = $"{Repeated("|a", 2_000)}\n{Repeated("|-", 2_000)}\n{Repeated("|b\n", 4_000)}".Trim();

        Assert.DoesNotContain("<table", FormattedTextTests.Html(wide), StringComparison.Ordinal);
        Assert.Contains("<table", FormattedTextTests.Html($"|a|b|\n|-|-|\n{Repeated("|c|d|\n", 1_200)}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, "|")]
    [InlineData(10_000, "[a](http://a) ")]
    public void A_table_of_a_thousand_by_a_thousand_and_ten_thousand_links_are_refused_in_words(int times, string part)
    {
        var text = string.Join('\n', Enumerable.Repeat(string.Concat(Enumerable.Repeat(part, times)), part == "|" ? 1_000 : 1));

        Assert.Null(Draft.Parse(text, out var refusal));
        Assert.Contains("a message can have 10,000. Please shorten it", refusal!.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_would_take_long_to_colour_is_shown_without_colours()
    {
        var code = Repeated("1 ", 9_900).Trim();

        var shown = new HtmlParser().ParseDocument(FormattedTextTests.Html($"```json\n{code}\n```"));

        Assert.Equal((0, code), (shown.QuerySelector("code")!.ChildElementCount, shown.QuerySelector("code")!.TextContent));
    }

    static IEnumerable<string> All()
    {
        var random = new Random(Seed);
        foreach (var part in Parts) yield return Repeated(part);
        foreach (var part in Parts) yield return $"```{Pick(Languages)}\n{Repeated(part, Draft.MaxLength - 30)}\n```";
        yield return string.Concat(Enumerable.Range(0, 90).Select(i => $"{new string(' ', 2 * i)}- a\n"));
        yield return string.Concat(Enumerable.Range(1, 135).Select(i => $"{new string('`', i)}a"));
        yield return $"{new string('[', 4_000)}{Repeated("](a)", 4_000)}";
        yield return $"[a]: http://a{new string('a', 200)}\n\n{Repeated("[a]", 9_000)}";
        yield return $"{Repeated("|a", 1_000)}|\n{Repeated("|-", 1_000)}|\n{Repeated("|b|\n", 7_000)}";
        yield return string.Concat(Languages.Select(language => $"```{language}\n{Repeated("$'a", 270)}\n```\n"));
        for (var i = (2 * Parts.Length) + 6; i < Count; i++)
        {
            var text = new StringBuilder(i % 2 == 0 ? $"```{Pick(Languages)}\n" : "");
            while (text.Length < Draft.MaxLength - 200) text.Append(Repeated(Pick(Parts), random.Next(200))).Append(random.Next(4) == 0 ? "\n" : "");
            yield return text.ToString();
        }

        string Pick(string[] from) => from[random.Next(from.Length)];
    }

    static (TimeSpan Time, string Html) Timed(string text)
    {
        var work = new WorkAllowance(MostTime);
        var html = FormattedTextTests.Html(text, Mentioned.Parse("7:bob"));
        return (work.Spent, html);
    }

    static string Repeated(string part, int length = Draft.MaxLength) => string.Concat(Enumerable.Repeat(part, length / part.Length));

    static string Shown(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length} of {text[..Math.Min(60, text.Length)].ReplaceLineEndings("⏎")}");

    static int DepthOf(IElement element) => 1 + element.Children.Select(DepthOf).DefaultIfEmpty().Max();
}
