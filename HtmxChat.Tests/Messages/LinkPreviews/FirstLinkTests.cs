using System.Diagnostics;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.LinkPreviews;

namespace HtmxChat.Tests.Messages.LinkPreviews;

public sealed class FirstLinkTests
{
    [Theory]
    [InlineData("https://example.org", "https://example.org/")]
    [InlineData("See https://example.org/a?b=c&d#e, and http://other.example/.", "https://example.org/a?b=c&d#e")]
    [InlineData("HTTP://Example.org/X!", "http://example.org/X")]
    [InlineData("(https://en.example.org/wiki/Tea_(drink))", "https://en.example.org/wiki/Tea_(drink)")]
    [InlineData("[a page](https://example.org/a) and https://b.example", "https://example.org/a")]
    [InlineData("[https://a.example](https://b.example)", "https://a.example/")]
    [InlineData("<https://example.org/a>", "https://example.org/a")]
    [InlineData("**https://example.org/a**", "https://example.org/a")]
    [InlineData("xhttp://no.example http://yes.example", "http://yes.example/")]
    [InlineData("http:// https://example.org", "https://example.org/")]
    [InlineData("`https://no.example` https://yes.example", "https://yes.example/")]
    [InlineData("``a ` https://no.example`` https://yes.example", "https://yes.example/")]
    [InlineData("` https://yes.example", "https://yes.example/")]
    [InlineData("```\nhttps://no.example\n```\nhttps://yes.example", "https://yes.example/")]
    [InlineData("~~~~ sh\nhttps://no.example\n~~~\nhttps://no.example\n~~~~\nhttps://yes.example", "https://yes.example/")]
    [InlineData("||https://no.example|| https://yes.example", "https://yes.example/")]
    [InlineData("a || b https://yes.example", "https://yes.example/")]
    [InlineData("> https://example.org/quoted", "https://example.org/quoted")]
    [InlineData("https://bücher.example/ä", "https://bücher.example/%C3%A4")]
    public void The_first_link_is_found(string text, string link) => Assert.Equal(link, FirstLink.In(text)?.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("No link here, not even example.org.")]
    [InlineData("ftp://example.org javascript://example.org/%0aalert(1)")]
    [InlineData("`https://example.org`")]
    [InlineData("```\nhttps://example.org")]
    [InlineData("||https://example.org||")]
    [InlineData("https://")]
    [InlineData("http://[x")]
    public void Or_there_is_none(string text) => Assert.Null(FirstLink.In(text));

    [Fact]
    public void An_address_longer_than_any_is_none()
    {
        Assert.NotNull(FirstLink.In($"https://example.org/{new string('x', 1_900)}"));
        Assert.Null(FirstLink.In($"https://example.org/{new string('x', 2_000)}"));
        Assert.Null(FirstLink.In($"https://example.org/{new string('あ', 500)}"));
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("https://a.b(")]
    [InlineData("`")]
    [InlineData("`` ` ")]
    [InlineData("||")]
    [InlineData("```\n")]
    [InlineData("xhttp://")]
    public void No_message_takes_long(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Draft.MaxLength / piece.Length)) + "://";
        var clock = Stopwatch.StartNew();

        FirstLink.In(text);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }
}
