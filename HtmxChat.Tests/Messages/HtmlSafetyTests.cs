using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Messages;

/// <summary>
/// What people type is text wherever it comes out: the page has the elements and attributes that it has for a harmless
/// word, and the text can be read in full.
/// </summary>
public sealed class HtmlSafetyTests(SharedSite shared)
{
    static readonly string[] HostileTexts =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus='alert(1)",
        "<hx-partial hx-target=#messages>x</hx-partial>",
        "<b hx-get=/sign-out hx-trigger=load>x</b>",
        "<i data-hx-post=/x id=m-1 name=key form=composer>x</i>",
        "</p></div></article><article id=\"m-1\">x",
        "</textarea></title></template><h1>x</h1>",
        "<!-- <plaintext> ]]> &lt;b&gt; &amp; {{7*7}}",
        "<svg><style>*{display:none}</style></svg>",
        "<meta http-equiv=refresh content=0>",
    ];

    public static TheoryData<string> Hostile => [.. HostileTexts];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_text_is_text_on_the_page_and_on_every_carrier(string text)
    {
        var (harmless, room) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await shared.Bob.SayAsync(harmless, "word");
        var position = await shared.Ann.PositionAsync(room);
        var readers = await Task.WhenAll(Enum.GetValues<Carrier>().Select(carrier => shared.Ann.ListenAsync(room, carrier, position)));

        await shared.Bob.SayAsync(room, text);

        var expected = Shape((await shared.Ann.GetAsync($"/rooms/{harmless}")).Only("article"));
        var message = (await shared.Ann.GetAsync($"/rooms/{room}")).Only("article");
        Assert.Equal((WebUtility.HtmlDecode(text), expected), (Text(message), Shape(message))); // &lt; is a sign of Markdown for <
        foreach (var reader in readers)
        {
            await reader.HearAsync("</article>");
            message = Assert.Single(new HtmlParser().ParseDocument(reader.Heard).QuerySelectorAll("article"));
            Assert.Equal((WebUtility.HtmlDecode(text), expected), (Text(message), Shape(message)));
            await reader.DisposeAsync();
        }
        Assert.Equal(text, (await shared.Ann.GetAsync($"/rooms/{room}/messages/1/source")).Text);
    }

    public static TheoryData<string> HostileMarkdown =>
    [
        .. HostileTexts.SelectMany(h => new[] { $"**{h}**", $"# {h}", $"- > {h}", $"||{h}||", $"[{h}](https://a.example)", $"[x](https://a.example '{h}')", $"[x](<https://a.example/{h}>)", $"![{h}]({h})", $"```{h}\n{h}\n```", $"| {h} |\n|---|\n| {h} |", $"/me {h}", $"[a]: https://a.example \"{h}\"\n\n[a]", $"<https://a.example/{h}>", $"https://a.example/{h}" }),
        "[x](javascript:alert(1)) [x](JAVASCRIPT:x) [x](&#106;avascript:x) [x]( javascript:x) [x](java\tscript:x) [x](data:text/html,x) [x][1]\n\n[1]: javascript:x",
        "[x](/sign-out) ![x](/logo) [x](//a.example) [x](\\\\a.example) <javascript:x> <x-y:z>",
        "[![x](javascript:x)](https://a.example) [[x](https://b.example)](https://a.example) **[||x||](https://a.example)**",
        "# H {#m-1 .hostile hx-get=/x}\n\n[x](https://a.example){hx-get=/x id=m-1}\n\n::: hostile\nx\n:::\n\n[^1]: note\n\n$x$ :smile: - [ ] task",
        "<details open ontoggle=x><summary>y</summary></details> </details></div></article><article id=m-1>",
        "<a class=mention href=/people/1>@nobody-here</a> <span class=\"c-word\">",
    ];

    // What Markdown can make of a text. There is no way to any other element or attribute, nor to another value of most.
    static readonly HashSet<string> MadeOfMarkdown =
    [
        "a href rel target", "b", "b dir", "blockquote", "br", "code", "details", "div class", "div class role aria-label tabindex", "em", "hr", "li", "p", "pre class role tabindex aria-label",
        "span class", "strong", "summary", "table", "tbody", "td", "th", "tr", "ul", "ol", "ol start",
    ];

    [Theory]
    [MemberData(nameof(HostileMarkdown))]
    public async Task Whatever_stands_within_Markdown_is_nothing_but_the_few_elements_that_it_has(string text)
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, text);

        foreach (var page in new[] { $"/rooms/{room}", $"/rooms/{room}/messages/1", $"/rooms/{room}/messages/1/more" })
        {
            var shown = await shared.Ann.GetAsync(page);
            var said = Assert.Single(shown.Page.QuerySelectorAll(".text"));
            Assert.Subset(MadeOfMarkdown, said.QuerySelectorAll("*").Select(e => string.Join(' ', e.Attributes.Select(a => a.Name).Prepend(e.LocalName))).ToHashSet());
            Assert.All(said.QuerySelectorAll("a"), a => Assert.Matches("^(https?://|mailto:)", a.GetAttribute("href")!));
            Assert.All(said.QuerySelectorAll("[class]"), e => Assert.Matches("^(p|source|table|right|center|c-[a-z]+)$", e.ClassName!));
            Assert.All(said.QuerySelectorAll("[aria-label]"), e => Assert.Matches("^(Table|Code(: [A-Za-z#+.]+)?)$", e.GetAttribute("aria-label")!));
        }
        Assert.Equal(text, (await shared.Ann.GetAsync($"/rooms/{room}/messages/1/source")).Text);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_room_name_and_a_topic_are_text_wherever_they_stand(string text)
    {
        var harmless = await shared.Ann.NewRoomAsync($"Plain {Guid.NewGuid():N}", "word");
        var room = await shared.Ann.NewRoomAsync(text, text);

        foreach (var path in new[] { "", "/composer" })
        {
            var (expected, page) = (await shared.Bob.GetAsync($"/rooms/{harmless}{path}"), await shared.Bob.GetAsync($"/rooms/{room}{path}"));
            Assert.Equal(Shape(expected.Only("head")), Shape(page.Only("head")));
            Assert.Equal(Shape(expected.Only("main")), Shape(page.Only("main")));
        }

        var shown = await shared.Bob.GetAsync($"/rooms/{room}");
        Assert.Equal((text, text), (shown.TextOf("h1"), shown.TextOf(".topic")));
        var link = shown.Only($"#rooms a[href='/rooms/{room}']");
        Assert.Equal((text, text), (shown.TextOf($"#rooms a[href='/rooms/{room}'] .name"), link.GetAttribute("title")));
        Assert.Equal(0, shown.Only($"#rooms a[href='/rooms/{room}'] .name").ChildElementCount);
        await using var stream = await shared.Bob.ListenAsync(room, Carrier.Html);
        await stream.HearAsync("</p>");
        Assert.Equal(text, new HtmlParser().ParseDocument(stream.Heard).QuerySelector(".older b")?.TextContent);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_is_given_back_to_be_mended_is_text(string text)
    {
        var room = await shared.NewRoomAsync();
        var tooLong = text + new string('x', 10_000);

        var composer = await shared.Bob.SubmitAsync($"/rooms/{room}", ("text", tooLong));
        Assert.Equal(tooLong, composer.Field("text"));

        var expected = await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", "word"), ("Password", "wrong guess"));
        var signIn = await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", text), ("Password", "wrong guess"));
        Assert.Equal(text, signIn.Field("Name"));
        Assert.Equal(Shape(expected.Only("html")), Shape(signIn.Only("html")));
    }

    [Fact]
    public async Task The_names_of_a_person_and_of_the_site_are_text_wherever_they_stand()
    {
        const string SiteName = "<b hx-get=/x id=m-1>\"Tea\" & 'house'</b>";
        const string Name = "\"><i onclick=x()> '&amp;' <hx-partial>";
        await using var site = await ChatSite.StartEmptyAsync();
        var ann = site.NewBrowser();
        await ann.SubmitAsync("/setup", ("Site", SiteName), ("Name", "Ann"), ("Password", ChatSite.Password));
        var mallory = await site.JoinAsync(ann, Name);
        await mallory.SayAsync(new(1), "word");
        var plain = await site.JoinAsync(ann, "Plain");

        var page = await mallory.GetAsync("/rooms/1");

        Assert.Equal(Shape((await plain.GetAsync("/rooms/1")).Only("html")), Shape(page.Only("html")));
        Assert.Equal((SiteName, Name, Name), (page.TextOf("#rooms .site"), page.TextOf("#rooms .me [dir]"), page.TextOf("article .by b")));
        Assert.Equal($"Lobby · {SiteName}", page.TextOf("title"));
        Assert.Equal($"Join {SiteName}", (await site.NewBrowser().GetAsync(await ann.InviteAsync())).TextOf("h1"));
    }

    static string Text(IElement message) => Assert.Single(message.QuerySelectorAll(".text")).TextContent;

    /// <summary>The elements and the names of their attributes, without what is in them.</summary>
    static string Shape(IElement element) =>
        $"<{element.LocalName} {string.Join(' ', element.Attributes.Select(a => a.Name))}>{string.Concat(element.Children.Select(Shape))}";
}
