using System.Text.Encodings.Web;
using System.Text.Unicode;
using AngleSharp.Html.Parser;
using HtmxChat.Web.Messages.Markup;
using HtmxChat.Web.Messages.Mentions;

namespace HtmxChat.Tests.Messages.Markup;

/// <summary>How what people write is shown.</summary>
public sealed class FormattedTextTests
{
    const string Rel = "rel=\"nofollow noopener noreferrer\" target=\"_blank\"";

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("one\ntwo", "one<br>two")]
    [InlineData("one\n\ntwo", "<p>one</p><p>two</p>")]
    [InlineData("*a* **b** ~~c~~ `d * e`", "<em>a</em> <strong>b</strong> <del>c</del> <code>d * e</code>")]
    [InlineData("# Not a heading\n\nof the page", "<p><b>Not a heading</b></p><p>of the page</p>")]
    [InlineData("- a\n- b\n  1. c", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>")]
    [InlineData("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>")]
    [InlineData("> a\n> b\n\nc", "<blockquote>a<br>b</blockquote><p>c</p>")]
    [InlineData("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>")]
    [InlineData("It was ||the *butler*||.", "It was <details><summary>Spoiler</summary> the <em>butler</em></details>.")]
    [InlineData("It was ||he||.\n\nNo.", "<div class=\"p\">It was <details><summary>Spoiler</summary> he</details>.</div><p>No.</p>")]
    [InlineData("a || b", "a || b")]
    [InlineData("<b>x</b> &amp; \"y\"", "&lt;b&gt;x&lt;/b&gt; &amp; \"y\"")]
    [InlineData("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4")]
    public void Markdown_is_a_few_elements(string typed, string expected) => Assert.Equal(expected, Html(typed));

    [Theory]
    [InlineData("see https://a.example/b_c_d, or", "see <a href=\"https://a.example/b_c_d\" " + Rel + ">https://a.example/b_c_d</a>, or")]
    [InlineData("(http://a.example/x?y=1&z=2)", "(<a href=\"http://a.example/x?y=1&amp;z=2\" " + Rel + ">http://a.example/x?y=1&amp;z=2</a>)")]
    [InlineData("[a *name*](https://a.example \"and <title>\")", "<a href=\"https://a.example/\" " + Rel + ">a <em>name</em></a>")]
    [InlineData("<mailto:a@a.example> <b@a.example>", "<a href=\"mailto:a@a.example\" " + Rel + ">mailto:a@a.example</a> <a href=\"mailto:b@a.example\" " + Rel + ">b@a.example</a>")]
    [InlineData("![a cat](https://a.example/cat.png)", "<a href=\"https://a.example/cat.png\" " + Rel + ">a cat</a>")]
    [InlineData("[x][1]\n\n[1]: https://a.example", "<p><a href=\"https://a.example/\" " + Rel + ">x</a></p>")]
    [InlineData("[||x||](https://a.example)", "<a href=\"https://a.example/\" " + Rel + ">x</a>")]
    public void Addresses_are_links_that_give_nothing_away(string typed, string expected) => Assert.Equal(expected, Html(typed));

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java\tscript:alert(1))")]
    [InlineData("[x](<java script:alert(1)>)")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](javascript&colon;alert(1))")]
    [InlineData("[x](\u0001javascript:alert(1))")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](ftp://a.example)")]
    [InlineData("[x](/sign-out)")]
    [InlineData("[x](//a.example)")]
    [InlineData("[x](rooms/1)")]
    [InlineData("[x](#m-1)")]
    [InlineData("[x](\\\\a.example)")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[x][1] and more\n\n[1]: javascript:alert(1)")]
    [InlineData("[javascript:alert(1)]")]
    [InlineData("tel:123 ftp://a.example skype:x")]
    public void What_leads_anywhere_else_is_no_link(string typed)
    {
        var shown = new HtmlParser().ParseDocument(Html(typed));

        Assert.Empty(shown.QuerySelectorAll("a, img, [href], [src]"));
        Assert.Contains(typed.Split('\n')[0].Split("&#")[0].Split("&colon")[0].Trim('\\')[..3], shown.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_is_none_is_shown_as_it_was_typed() => Assert.Equal("see [here](/sign-out) now", Html("see [here](/sign-out) now"));

    [Fact]
    public void Code_keeps_its_lines_though_its_element_is_one()
    {
        var html = Html("```\nif (a < b)\n\n\treturn;\n```");

        Assert.DoesNotContain('\n', html);
        var code = new HtmlParser().ParseDocument(html).QuerySelector("pre > code")!;
        Assert.Equal("if (a < b)\n\n\treturn;", code.TextContent);
    }

    [Theory]
    [InlineData("cs", "public int X = 1; // one", "C#", "<span class=\"c-word\">public</span> <span class=\"c-word\">int</span> X = <span class=\"c-number\">1</span>; <span class=\"c-comment\">// one</span>")]
    [InlineData("json", "{\"a\": true}", "JSON", "{<span class=\"c-name\">\"a\"</span>: <span class=\"c-word\">true</span>}")]
    [InlineData("go", "func f() string { return \"x\" }", "Go", "<span class=\"c-word\">func</span> f() <span class=\"c-word\">string</span> { <span class=\"c-word\">return</span> <span class=\"c-string\">\"x\"</span> }")]
    [InlineData("bash", "export A=$B # b", "Shell", "<span class=\"c-word\">export</span> A=<span class=\"c-name\">$B</span> <span class=\"c-comment\"># b</span>")]
    [InlineData("diff", "-a\n+b", "Diff", "<span class=\"c-removed\">-a</span>&#10;<span class=\"c-added\">+b</span>")]
    [InlineData("html", "<a href=\"x\">", "HTML", "&lt;<span class=\"c-word\">a</span> <span class=\"c-name\">href</span>=<span class=\"c-string\">\"x\"</span>&gt;")]
    public void Code_of_a_known_language_is_coloured_by_classes(string info, string code, string name, string expected) =>
        Assert.Equal($"<pre class=\"source\" role=\"group\" tabindex=\"0\" aria-label=\"Code: {name}\"><code>{expected}</code></pre>", Html($"```{info}\n{code}\n```"));

    [Theory]
    [InlineData("unheard-of")]
    [InlineData("\" onclick=x")]
    [InlineData("hx-get=/x class=hostile")]
    public void What_stands_after_a_fence_comes_to_no_page(string info) =>
        Assert.Equal("<pre class=\"source\" role=\"group\" tabindex=\"0\" aria-label=\"Code\"><code>x</code></pre>", Html($"```{info}\nx\n```"));

    [Fact]
    public void A_table_can_be_scrolled_and_is_aligned() => Assert.Equal(
        "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><tbody><tr><th>a</th><th class=\"right\">b</th></tr><tr><td>1</td><td class=\"right\">2</td></tr></tbody></table></div>",
        Html("| a | b |\n|---|--:|\n| 1 | 2 |"));

    [Theory]
    [InlineData("👍", "text big")]
    [InlineData("👍🏽 🎉\n❤️", "text big")]
    [InlineData("👩‍👩‍👧", "text big")]
    [InlineData("1️⃣", "text big")]
    [InlineData("👍👍👍👍", "text")]
    [InlineData("ok 👍", "text")]
    [InlineData("漢字", "text")]
    [InlineData("1", "text")]
    [InlineData("…", "text")]
    [InlineData("/me waves", "text me")]
    public void One_to_three_emoji_alone_are_large_and_actions_are_lines_of_their_own_kind(string typed, string expected) => Assert.Equal(expected, FormattedText.Of(typed, "Ada", Mentioned.Nobody).Class);

    [Fact]
    public void What_somebody_does_bears_their_name_which_is_text()
    {
        Assert.Equal("* <b dir=\"auto\">Ada</b> waves", Html("/me waves"));
        Assert.Equal("* <b dir=\"auto\">&lt;i&gt; *A*</b> <em>waves</em>", Html("/me *waves*", author: "<i> *A*"));
        Assert.Equal("/menu", Html("/menu"));
        Assert.Equal("x /me waves", Html("x /me waves"));
    }

    [Theory]
    [InlineData("hi @ada.byron. And @bob, @carl", "hi <a class=\"mention\" href=\"/people/5\">@ada.byron</a>. And <a class=\"mention\" href=\"/people/7\">@bob</a>, @carl")]
    [InlineData("**@bob**!", "<strong><a class=\"mention\" href=\"/people/7\">@bob</a></strong>!")]
    [InlineData("@room: tea", "<span class=\"mention\">@room</span>: tea")]
    [InlineData("`@bob` a@bob @bobby @@bob", "<code>@bob</code> a@bob @bobby @@bob")]
    [InlineData("```\n@bob\n```", "<pre class=\"source\" role=\"group\" tabindex=\"0\" aria-label=\"Code\"><code>@bob</code></pre>")]
    [InlineData("[@bob](https://a.example)", "<a href=\"https://a.example/\" " + Rel + ">@bob</a>")]
    [InlineData("\\@bob", "@bob")]
    public void Those_who_are_called_are_linked_but_not_in_code(string typed, string expected) => Assert.Equal(expected, Html(typed, Mentioned.Parse("5:ada.byron 7:bob *")));

    [Fact]
    public void Nobody_is_linked_whom_the_message_is_not_known_to_call() => Assert.Equal("@bob and <strong>@room</strong>", Html("@bob and **@room**", Mentioned.Parse("5:ada")));

    [Fact]
    public void A_plain_line_is_found_to_be_one_without_reading_it_as_Markdown()
    {
        foreach (var plain in new[] { "Shall we meet at 5:30, or tomorrow - maybe!", "a\n b\nc", "👍 #1", "x = 5 + 6 (at 10%)", "naïve? \"quoted\"", "mail ada@example.org" }) Assert.True(FormattedText.IsPlain(plain, Mentioned.Nobody), plain);
        foreach (var marked in new[] { "*a*", "a\n\nb", "- a", "1. a", "12) a", "# a", "a\n===", "a\n---", "> a", "https://a.example", "www.a.example", "+ a", "a `b`", " - a" }) Assert.False(FormattedText.IsPlain(marked, Mentioned.Nobody), marked);
    }

    [Theory]
    [InlineData("one\ntwo")]
    [InlineData("Shall we meet at 5:30, or tomorrow - maybe!")]
    [InlineData("<3 & \"you\"")]
    [InlineData("a#b 2+2 x=y")]
    public void Read_as_Markdown_a_plain_text_would_be_the_same(string typed) => Assert.Equal(Plain(typed), MarkupHtml.Of(typed, Mentioned.Nobody));

    internal static string Html(string text, Mentioned? mentioned = null, string author = "Ada")
    {
        using var html = new StringWriter();
        FormattedText.Of(text, author, mentioned ?? Mentioned.Nobody).WriteTo(html, HtmlEncoder.Create(UnicodeRanges.All));
        return html.ToString();
    }

    static string Plain(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
}
