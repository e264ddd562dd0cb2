namespace HtmxChat.Web.Messages.Reactions;

/// <summary>One emoji of Unicode.</summary>
/// <param name="Text">As it is written, with all that belongs to it.</param>
/// <param name="Name">For example <c>thumbs up</c>.</param>
/// <param name="Words">Other words for it.</param>
/// <param name="Variants">The same in other colours: those with one of the five skin tones come first, from light to dark.</param>
public sealed record Emoji(string Text, string Name, string Group, IReadOnlyList<string> Words, IReadOnlyList<string> Variants)
{
    /// <summary>How many skin tones there are.</summary>
    public const int Tones = 5;

    public bool HasTones => Variants.Count >= Tones;

    /// <summary>With a skin tone, where it has them.</summary>
    /// <param name="tone">1 to 5 from light to dark; 0 is none.</param>
    public string In(int tone) => HasTones && tone is > 0 and <= Tones ? Variants[tone - 1] : Text;
}
