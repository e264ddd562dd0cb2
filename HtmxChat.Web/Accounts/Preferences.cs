using System.Text.Json;

namespace HtmxChat.Web.Accounts;

/// <summary>How a person likes to have things.</summary>
public sealed record Preferences
{
    /// <summary>Of people who have not said.</summary>
    public static Preferences Usual { get; } = new();

    public Theme Theme { get; init; }

    public Density Density { get; init; }

    public TimeFormat TimeFormat { get; init; }

    public Motion Motion { get; init; }

    public Announcements Announcements { get; init; }

    public Sounds Sounds { get; init; }

    /// <summary>Others are told while this person is writing.</summary>
    public bool SharesTyping { get; init; } = true;

    /// <summary>What is behind a link is shown below the message.</summary>
    public bool ShowsPreviews { get; init; } = true;

    /// <summary>Reads what is stored. Whatever is not known any more, or not yet, is as usual.</summary>
    public static Preferences Parse(string? stored)
    {
        if (string.IsNullOrEmpty(stored)) return Usual;

        try
        {
            using var json = JsonDocument.Parse(stored);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : Usual;
        }
        catch (JsonException)
        {
            return Usual;
        }
    }

    /// <summary>As they are stored: what is not as usual. Empty when all is.</summary>
    public string Stored()
    {
        var changed = new Dictionary<string, string>();
        Add(nameof(Theme), Theme, Usual.Theme);
        Add(nameof(Density), Density, Usual.Density);
        Add(nameof(TimeFormat), TimeFormat, Usual.TimeFormat);
        Add(nameof(Motion), Motion, Usual.Motion);
        Add(nameof(Announcements), Announcements, Usual.Announcements);
        Add(nameof(Sounds), Sounds, Usual.Sounds);
        Add(nameof(SharesTyping), SharesTyping, Usual.SharesTyping);
        Add(nameof(ShowsPreviews), ShowsPreviews, Usual.ShowsPreviews);
        return changed.Count == 0 ? "" : JsonSerializer.Serialize(changed);

        void Add<T>(string name, T value, T usual)
            where T : struct
        {
            if (!value.Equals(usual)) changed.Add(name, value.ToString()!);
        }
    }

    static Preferences Read(JsonElement json) => new()
    {
        Theme = Choice(json, nameof(Theme), Usual.Theme),
        Density = Choice(json, nameof(Density), Usual.Density),
        TimeFormat = Choice(json, nameof(TimeFormat), Usual.TimeFormat),
        Motion = Choice(json, nameof(Motion), Usual.Motion),
        Announcements = Choice(json, nameof(Announcements), Usual.Announcements),
        Sounds = Choice(json, nameof(Sounds), Usual.Sounds),
        SharesTyping = bool.TryParse(Text(json, nameof(SharesTyping)), out var shares) ? shares : Usual.SharesTyping,
        ShowsPreviews = bool.TryParse(Text(json, nameof(ShowsPreviews)), out var shows) ? shows : Usual.ShowsPreviews,
    };

    // A number is the name of nothing: another version may have had them in another order.
    static T Choice<T>(JsonElement json, string name, T usual)
        where T : struct, Enum => Text(json, name) is { } text && Enum.GetNames<T>().Contains(text) ? Enum.Parse<T>(text) : usual;

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Light or dark.</summary>
public enum Theme
{
    /// <summary>As the system has it.</summary>
    System,

    Light,

    Dark,
}

/// <summary>How close together things stand.</summary>
public enum Density
{
    Comfortable,

    Compact,
}

/// <summary>How the time of day is written.</summary>
public enum TimeFormat
{
    /// <summary>As the browser has it.</summary>
    Browser,

    /// <summary>14:08.</summary>
    Hours24,

    /// <summary>2:08 pm.</summary>
    Hours12,
}

/// <summary>Whether things move on the page.</summary>
public enum Motion
{
    /// <summary>As the system has it.</summary>
    System,

    Reduced,
}

/// <summary>Which new messages a screen reader reads aloud.</summary>
public enum Announcements
{
    All,

    /// <summary>Those that call this person.</summary>
    Mentions,

    Nothing,
}

/// <summary>For which messages there is a short tone while nobody looks at the page.</summary>
public enum Sounds
{
    Off,

    /// <summary>For those that call this person.</summary>
    Mentions,

    All,
}
