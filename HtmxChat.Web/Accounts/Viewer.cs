using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Who is asking, as the database has it now.</summary>
/// <param name="Name">What others see.</param>
public sealed record Viewer(PersonId Id, string Name, Role Role)
{
    /// <summary>Names the picture that others see; null while there is none.</summary>
    public string? Picture { get; init; }

    /// <summary>What this person writes in, as a tag of BCP 47; empty when nobody said.</summary>
    public string Language { get; init; } = "";

    /// <summary>The clock that times are printed by for this person.</summary>
    public Zone Zone { get; init; } = Zone.Utc;

    /// <summary>How this person likes to have things.</summary>
    public Preferences Preferences { get; init; } = Preferences.Usual;

    /// <summary>Raised by each change of anything here.</summary>
    public long Version { get; init; }

    public Face Face => new(Id, Name, Picture);

    /// <summary>Whether this person looks after the site.</summary>
    public bool IsAdministrator => Role == Role.Administrator;
}
