using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Previews;

/// <summary>What the head of an HTML page says about it. Read token by token and never as a tree, so that no page is too deep.</summary>
/// <param name="Title">Empty when it has none.</param>
/// <param name="Picture">As it is written there; null when it names none.</param>
public sealed record PageHead(string Site, string Title, string Description, string? Picture)
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxTitle = 150;

    /// <summary>In UTF-16 units.</summary>
    public const int MaxDescription = 300;

    /// <summary>In UTF-16 units.</summary>
    public const int MaxSite = 60;

    // A title comes in pieces, which are put together as long as they can matter.
    const int MaxRead = 2_000;

    const string PlainTitle = "<title>";

    // Of each, the first that is there. Open Graph goes before what Twitter has made of it, and before HTML's own.
    static readonly string[] Sites = ["og:site_name", "application-name"];
    static readonly string[] Titles = ["og:title", "twitter:title", PlainTitle];
    static readonly string[] Descriptions = ["og:description", "twitter:description", "description"];
    static readonly string[] Pictures = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"];

    /// <summary>Reads a page, of which the end may be missing.</summary>
    public static PageHead Read(string html)
    {
        var said = Says(html);
        return new(Line(Sites, MaxSite), Line(Titles, MaxTitle), Line(Descriptions, MaxDescription), First(Pictures));

        string? First(string[] names) => names.Select(said.GetValueOrDefault).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

        string Line(string[] names, int max) => PlainLine.Clean(First(names)) is var line && PlainLine.SaysSomething(line) ? Short(line, max) : "";
    }

    static string Short(string line, int max) => line.Length <= max ? line : $"{PlainLine.Cut(line, max - 1).TrimEnd()}…";

    static Dictionary<string, string> Says(string html)
    {
        var said = new Dictionary<string, string>();
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true, SkipRawText = true, SkipScriptText = true };
        var isTitle = false;
        while (tokens.Get() is { Type: not HtmlTokenType.EndOfFile } token)
        {
            if (token is HtmlTagToken tag)
            {
                if (tag is { Type: HtmlTokenType.EndTag, Name: "head" }) break;
                isTitle = tag is { Type: HtmlTokenType.StartTag, Name: "title" } && !said.ContainsKey(PlainTitle);
                if (tag.Type != HtmlTokenType.StartTag) continue;

                tokens.State = ModeIn(tag.Name);
                if (tag.Name == "meta") Note(said, tag);
            }
            else if (isTitle && token.Type == HtmlTokenType.Character && said.GetValueOrDefault(PlainTitle, "") is { Length: < MaxRead } begun) said[PlainTitle] = begun + token.Data;
        }
        return said;
    }

    // The name stands under "property" in Open Graph and under "name" elsewhere, and people mix them up.
    static void Note(Dictionary<string, string> said, HtmlTagToken meta)
    {
        var content = meta.GetAttribute("content");
        foreach (var attribute in (string[])["property", "name"])
        {
            if (meta.GetAttribute(attribute).Trim().ToLowerInvariant() is { Length: > 0 and < 40 } name) said.TryAdd(name, content);
        }
    }

    // As a browser's parser has it: what stands inside these is no markup.
    static HtmlParseMode ModeIn(string element) => element switch
    {
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "script" => HtmlParseMode.Script,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };
}
