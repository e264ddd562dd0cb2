using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Mentions;

/// <summary>Whom a message calls by their handles. Handles are never given to anybody else, so this stays true.</summary>
/// <param name="People">By the handle as the text has it.</param>
public sealed record Mentioned(IReadOnlyDictionary<string, PersonId> People)
{
    public static Mentioned Nobody { get; } = new(new Dictionary<string, PersonId>());

    /// <summary>Whether it calls everybody in the room.</summary>
    public bool IsRoom { get; init; }

    public bool IsNobody => People.Count == 0 && !IsRoom;

    /// <summary>The numbers of the people, and <c>*</c> for everybody; null when it is nobody.</summary>
    /// <param name="other">Who is called as well, and not by name; null is nobody.</param>
    public string? IdsWith(PersonId? other) => IsNobody && other is null ? null
        : string.Join(' ', [.. People.Values.Select(p => p as PersonId?).Append(other).OfType<PersonId>().Distinct().Select(p => p.ToString()), .. IsRoom ? ["*"] : Array.Empty<string>()]);

    /// <summary>Whether it is the same that is stored.</summary>
    public bool Equals(Mentioned? other) => other is not null && Stored == other.Stored;

    public override int GetHashCode() => Stored?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>Reads what is stored: <c>5:ada.byron 7:bob *</c>.</summary>
    public static Mentioned Parse(string? stored)
    {
        if (stored is null) return Nobody;

        var parts = stored.Split(' ');
        return new Mentioned(parts.Select(p => p.Split(':')).Where(p => p.Length == 2).ToDictionary(p => p[1], p => new PersonId(long.Parse(p[0], CultureInfo.InvariantCulture)))) { IsRoom = parts.Contains("*") };
    }

    /// <summary>As it is stored; null when it is nobody.</summary>
    public string? Stored => IsNobody ? null : string.Join(' ', [.. People.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Value.Value}:{p.Key}")), .. IsRoom ? ["*"] : Array.Empty<string>()]);
}
