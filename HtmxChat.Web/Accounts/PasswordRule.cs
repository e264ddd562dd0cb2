using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Any characters, long enough to be hard to guess, short enough that hashing it cannot be used as a weapon, and nothing that is tried first.</summary>
public sealed class PasswordRule(SiteDirectory sites)
{
    /// <summary>In characters, as a person counts them.</summary>
    public const int MinLength = 8;

    public const int MaxLength = 128;

    // A character may be made of several, but not of any number.
    internal const int MaxTypedLength = MaxLength * 4;

    /// <summary>Why a person cannot have a password; null when they can.</summary>
    public async Task<Refusal?> RefuseAsync(string? password, Person person, CancellationToken ct) =>
        Refuse(password, [person.DisplayName, person.UserName, person.Email?.Split('@')[0], (await sites.FindAsync(ct))?.Name]);

    /// <summary>Why it cannot be the password of whoever is known by some names; null when it can.</summary>
    public static Refusal? Refuse(string? password, IEnumerable<string?> names)
    {
        if (password is { Length: > MaxTypedLength }) return TooLong();

        var text = PasswordText.Of(password ?? "").ToLowerInvariant();
        var length = text.EnumerateRunes().Count(r => !PasswordText.IsMark(r));
        if (length < MinLength) return new($"Please choose a password of at least {MinLength} characters.");
        if (length > MaxLength) return TooLong();
        if (GuessedPassword.IsMadeOf(text, names)) return new("Please choose a password that nobody can guess from your name or the name of this place.");
        if (GuessedPassword.IsPattern(text)) return new("Please choose another password: one that repeats itself, or follows the keys, is guessed at once.");
        return GuessedPassword.IsCommon(text) ? new("Please choose another password: many people use this one, so it is guessed at once.") : null;
    }

    static Refusal TooLong() => new($"Please choose a password of at most {MaxLength} characters.");
}
