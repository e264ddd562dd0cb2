using System.Security.Cryptography;
using System.Text;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Signs somebody in once who has lost the phone: four groups of four letters and digits. One that exists is well formed.</summary>
public sealed record RecoveryCode
{
    /// <summary>How many a person is given.</summary>
    public const int Count = 10;

    const int Letters = 16;
    const int GroupLetters = 4;

    // Nothing that is easily taken for something else.
    const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    readonly string letters;

    RecoveryCode(string letters) => this.letters = letters;

    /// <summary>As it is shown: <c>abcd-efgh-jkmn-pqrs</c>.</summary>
    public string Text => string.Join('-', letters.Chunk(GroupLetters).Select(group => new string(group)));

    public static RecoveryCode New() => new(RandomNumberGenerator.GetString(Alphabet, Letters));

    /// <summary>Reads what somebody typed, with or without dashes and spaces, in any case; null when it is no such code.</summary>
    public static RecoveryCode? Parse(string? text)
    {
        var letters = new string([.. (text ?? "").Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(char.ToLowerInvariant)]);
        return letters.Length == Letters && letters.All(Alphabet.Contains) ? new(letters) : null;
    }

    /// <summary>What is kept of it. Its 79 random bits cannot be tried out, so a slow hash would add nothing.</summary>
    public byte[] HashFor(PersonId person) => SHA256.HashData(Encoding.UTF8.GetBytes($"{person}:{letters}"));
}
