using System.Text.Json;

namespace HtmxChat.Web.Messages;

/// <summary>What a page says over its WebSocket; docs/wire.md shows it. What htmx sends along is not read, and what makes no sense is a post of nothing.</summary>
public sealed record LiveWords(PostForm Form)
{
    /// <summary>Whether somebody looks at the page; null when it speaks of something else.</summary>
    public bool? IsHere { get; private init; }

    /// <summary>Whether they have come back to it, or to its end.</summary>
    public bool IsBack { get; private init; }

    /// <summary>The page's position when somebody last looked at it.</summary>
    public string? At { get; private init; }

    /// <summary>What is being typed, to be kept; null when it speaks of something else.</summary>
    public string? Draft { get; private init; }

    /// <summary>What the page had kept before.</summary>
    public string? Was { get; private init; }

    /// <summary>Whether somebody types; null when it speaks of something else.</summary>
    public bool? IsTyping { get; private init; }

    public static LiveWords Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : new LiveWords(new PostForm(Key: null, Text: null));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new LiveWords(new PostForm(Key: null, Text: null));
        }
    }

    static LiveWords Read(JsonElement json) => new(new PostForm(Words(json, "key"), Words(json, "text"), Words(json, "reply")) { Thread = Words(json, "thread"), Also = Words(json, "also"), Kept = Words(json, "kept") })
    {
        IsHere = Flag(json, "here"),
        IsBack = Flag(json, "back") is true,
        At = Words(json, "at"),
        Draft = Words(json, "draft"),
        Was = Words(json, "was"),
        IsTyping = Flag(json, "typing"),
    };

    // Forms have nothing but text; whoever writes the JSON by hand may have numbers and truths.
    static string? Words(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True => value.GetRawText(),
        _ => null,
    };

    static bool? Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
