using System.Diagnostics;
using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class ThreadCopyTests
{
    [Theory]
    [InlineData("""<article id="m-57" class="message" data-key="m-57">""", """<article id="m-57t" class="message" data-key="m-57">""")]
    [InlineData("""<a id="r-57" aria-labelledby="r-57 b-57" href="/rooms/1/messages/57/more">""", """<a id="r-57t" aria-labelledby="r-57t b-57t" href="/rooms/1/messages/57/more">""")]
    [InlineData("""<input id="choice-57-2"><label for="choice-57-2">""", """<input id="choice-57-2t"><label for="choice-57-2t">""")]
    [InlineData("<div class=\"text\">m-57 and id=m-57</div>", "<div class=\"text\">m-57 and id=m-57</div>")]
    public void All_ids_are_others_and_nothing_else_is(string html, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(ThreadCopy.Of(Encoding.UTF8.GetBytes(html))));

    [Theory]
    [InlineData("a-1 ")]
    [InlineData("-1-a")]
    [InlineData("a-1")]
    [InlineData("1-1")]
    [InlineData(" id=")]
    [InlineData(" id=\"a-1")]
    public void No_text_takes_long(string piece)
    {
        var html = Encoding.UTF8.GetBytes($"<article id=\"m-57\"><div class=\"text\">{string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length))}\"</div></article>");
        var clock = Stopwatch.StartNew();

        var copy = Encoding.UTF8.GetString(ThreadCopy.Of(html));

        Assert.StartsWith("<article id=\"m-57t\">", copy, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}
