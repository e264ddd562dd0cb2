using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace HtmxChat.Web.Shared;

/// <summary>A text as a picture that a phone's camera reads.</summary>
public static class QrCode
{
    /// <summary>An <c>svg</c> element, black on white in every colour scheme because not all cameras read the reverse, with the margin that they need.</summary>
    /// <param name="text">At most about 2,000 bytes of UTF-8, usually an address.</param>
    /// <param name="label">What it is, for whoever cannot see it.</param>
    public static IHtmlContent Svg(string text, string label)
    {
        var rows = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M).ModuleMatrix;
        return new HtmlString(string.Create(CultureInfo.InvariantCulture,
            $"""<svg class="qr" role="img" aria-label="{HtmlEncoder.Default.Encode(label)}" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{rows.Count}v{rows.Count}H0z"/><path d="{Path(rows)}"/></svg>"""));
    }

    // One rectangle for each run of dark squares.
    static StringBuilder Path(List<BitArray> rows)
    {
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var start = x;
                while (x < rows[y].Length && rows[y][x]) x++;
                if (x > start) path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1H{start}z");
            }
        }
        return path;
    }
}
