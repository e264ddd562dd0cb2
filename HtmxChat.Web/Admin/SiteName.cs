using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Admin;

/// <summary>A name that the site may have. One that exists is valid.</summary>
public sealed record SiteName
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 60;

    SiteName(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static SiteName? Parse(string? text, out Refusal? refusal) =>
        PlainLine.Read(text, "Please give this place a name.", MaxLength, out refusal) is { } name ? new(name) : null;
}
