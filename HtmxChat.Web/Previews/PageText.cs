using System.Text;
using System.Text.RegularExpressions;

namespace HtmxChat.Web.Previews;

/// <summary>Turns the bytes of a page into text, by what it says of its encoding; what is wrong in it becomes a replacement character.</summary>
static partial class PageText
{
    // Where a page has to say it (HTML, 4.2.5.4).
    const int Beginning = 1024;

    /// <param name="charset">As the answer's header has it; null when it says nothing.</param>
    public static string Decode(byte[] page, string? charset)
    {
        var encoding = Find(charset) ?? Find(Declared().Match(Encoding.Latin1.GetString(page, 0, Math.Min(page.Length, Beginning))).Groups["charset"].Value) ?? Encoding.UTF8;

        // A byte order mark goes before all else.
        using var reader = new StreamReader(new MemoryStream(page), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    static Encoding? Find(string? name)
    {
        name = name?.Trim('"', '\'', ' ');
        if (string.IsNullOrEmpty(name)) return null;

        try
        {
            // What calls itself Latin-1 is written in what Windows had of it.
            return CodePagesEncodingProvider.Instance.GetEncoding(name.ToLowerInvariant() is "iso-8859-1" or "latin1" or "us-ascii" ? "windows-1252" : name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("<meta[^>]{0,200}?charset\\s*=\\s*[\"']?(?<charset>[\\w:.-]{1,40})", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Declared();
}
