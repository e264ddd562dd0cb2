using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace HtmxChat.Tests.Shared;

public sealed partial class QrCodeTests
{
    [Theory]
    [InlineData("https://chat.example/join/abcdefghjkmnpqrstuvw")]
    [InlineData("otpauth://totp/Tea%20house:bob?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tea%20house")]
    [InlineData("ß")]
    public void It_shows_every_square_of_the_code_and_a_margin_of_four(string text)
    {
        var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M).ModuleMatrix;

        var drawn = Drawn(QrCode.Svg(text, "A link"), out var size);

        var dark = code.SelectMany((row, y) => row.Cast<bool>().Select((isDark, x) => (isDark, x, y)).Where(s => s.isDark).Select(s => (s.x, s.y))).ToHashSet();
        Assert.Equal(dark, drawn);
        Assert.All(drawn, s => Assert.True(s.X is >= 4 && s.X < size - 4 && s.Y is >= 4 && s.Y < size - 4));
        Assert.Contains((4, 4), drawn); // the corner of the upper left mark
    }

    [Fact]
    public void It_says_what_it_is_and_the_words_cannot_break_out()
    {
        var picture = new HtmlParser().ParseDocument(QrCode.Svg("text", "Bob's \"><script>alert(1)</script>").ToString()!).QuerySelector("svg")!;

        Assert.Equal(("img", "Bob's \"><script>alert(1)</script>"), (picture.GetAttribute("role"), picture.GetAttribute("aria-label")));
        Assert.Null(picture.Owner!.QuerySelector("script"));
    }

    static HashSet<(int X, int Y)> Drawn(IHtmlContent svg, out int size)
    {
        var picture = new HtmlParser().ParseDocument(svg.ToString()!).QuerySelector("svg")!;
        size = Number(picture.GetAttribute("viewBox")!.Split(' ')[2]);
        var runs = Run.Matches(picture.QuerySelector("path:not([fill])")!.GetAttribute("d")!);
        return [.. runs.SelectMany(r => Enumerable.Range(Number(r.Groups[1].Value), Number(r.Groups[3].Value)).Select(x => (x, Number(r.Groups[2].Value))))];
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1H\1z")]
    static partial Regex Run { get; }
}
