using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What a person says about themselves.</summary>
/// <param name="Language">What they write in, a tag of <see cref="Languages"/>; empty when nobody said.</param>
public sealed record Profile(PersonName Name, Handle Handle, Bio Bio, Zone Zone, string Language)
{
    /// <summary>Others are not told whether they are here.</summary>
    public bool HidesPresence { get; init; }
}

/// <summary>Somebody who is here, as others see them.</summary>
/// <param name="Picture">Names the picture; null while there is none.</param>
public sealed record PersonCard(PersonId Id, Profile Profile, Role Role, string? Picture)
{
    public Face Face => new(Id, Profile.Name.Text, Picture);
}
