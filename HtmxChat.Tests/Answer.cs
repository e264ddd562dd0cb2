using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests;

/// <summary>What the server answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Where a redirect leads; null when it is none.</summary>
    public string? Location => Header("Location");

    /// <summary>The room that a redirect leads to.</summary>
    public RoomId Room => new(long.Parse(Location!.Split('/')[2], CultureInfo.InvariantCulture));

    /// <summary>The page, as a browser understands it.</summary>
    public IHtmlDocument Page { get; } = new HtmlParser().ParseDocument(Text);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(Ct),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>Makes sure of the status.</summary>
    public Answer HasStatus(HttpStatusCode expected)
    {
        Assert.Equal(expected, Status);
        return this;
    }

    /// <summary>Null when it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The text of the only element that a selector finds.</summary>
    public string TextOf(string selector) => Only(selector).TextContent.Trim();

    /// <summary>The value of the only field of that name in the page's main part.</summary>
    public string? Field(string name) => Only($"main form:not([hidden]) [name='{name}']") is var field && field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value");

    /// <summary>The only element that a selector finds.</summary>
    public IElement Only(string selector)
    {
        var found = Page.QuerySelectorAll(selector);
        Assert.True(found.Length == 1, $"{found.Length} elements are {selector} in the answer {(int)Status}, which says: {Page.Body?.TextContent}");
        return found[0];
    }

    /// <summary>The texts of the messages on the page or in the fragment, in their order.</summary>
    public IEnumerable<string> Messages => MessageText.Of(Page);

    /// <summary>The texts of a list of what is kept: pinned, saved, to be reminded of or to be sent.</summary>
    public IEnumerable<string> Kept => Page.QuerySelectorAll(".kept .text").Select(t => t.TextContent);
}
