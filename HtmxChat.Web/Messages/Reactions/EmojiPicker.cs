namespace HtmxChat.Web.Messages.Reactions;

/// <summary>All emoji to choose from: those used last, a group, or what a search finds.</summary>
/// <param name="Path">Where it is, for searching, and where what is chosen is sent.</param>
public sealed record EmojiPicker(string Path, EmojiChoice Choice, IReadOnlyList<string> Recent)
{
    // Nobody looks through more.
    const int MostFound = 120;

    /// <summary>Whether what is chosen goes into the text that is being written.</summary>
    public bool Inserts { get; init; }

    public string? Query => string.IsNullOrWhiteSpace(Choice.Query) ? null : Choice.Query;

    public string Group => AllEmoji.Groups.Contains(Choice.Group) ? Choice.Group! : AllEmoji.Groups[0];

    /// <summary>As last time, as long as nobody says.</summary>
    public int Tone => Choice.Tone is >= 0 and <= Emoji.Tones ? Choice.Tone.Value : Recent.Select(AllEmoji.ToneOf).FirstOrDefault(t => t > 0);

    public IReadOnlyList<Emoji> Found => Query is null ? [.. AllEmoji.Of(Group)] : [.. AllEmoji.Search(Query).Take(MostFound)];
}

/// <summary>Which emoji somebody wants to see.</summary>
/// <param name="Query">What they look for; null for a whole group.</param>
/// <param name="Tone">The skin tone, 1 to 5; 0 for none, null for that of last time.</param>
public sealed record EmojiChoice(string? Query, string? Group, int? Tone);
