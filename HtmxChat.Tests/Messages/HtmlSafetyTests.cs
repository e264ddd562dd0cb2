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
    public static TheoryData<string> Hostile =>
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
        Assert.Equal((text, expected), (Text(message), Shape(message)));
        foreach (var reader in readers)
        {
            await reader.HearAsync("</article>");
            message = Assert.Single(new HtmlParser().ParseDocument(reader.Heard).QuerySelectorAll("article"));
            Assert.Equal((text, expected), (Text(message), Shape(message)));
            await reader.DisposeAsync();
        }
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
        Assert.Equal((text, text, 0), (link.TextContent, link.GetAttribute("title"), link.ChildElementCount));
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
        Assert.Equal((SiteName, Name, Name), (page.TextOf("#rooms .site"), page.TextOf("#rooms .me a"), page.TextOf("article .by b")));
        Assert.Equal($"Lobby · {SiteName}", page.TextOf("title"));
        Assert.Equal($"Join {SiteName}", (await site.NewBrowser().GetAsync(await ann.InviteAsync())).TextOf("h1"));
    }

    static string Text(IElement message) => Assert.Single(message.QuerySelectorAll(".text")).TextContent;

    /// <summary>The elements and the names of their attributes, without what is in them.</summary>
    static string Shape(IElement element) =>
        $"<{element.LocalName} {string.Join(' ', element.Attributes.Select(a => a.Name))}>{string.Concat(element.Children.Select(Shape))}";
}
