using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What stands beside a person's name: the picture, or initials on a colour while there is none.</summary>
/// <param name="Picture">Names the picture by its content; null while there is none.</param>
public sealed record Face(PersonId Id, string Name, string? Picture)
{
    const int Hues = 12;

    /// <summary>The class of the colour, of which the style sheet has twelve.</summary>
    public string Hue => $"hue-{Id.Value % Hues}";

    /// <summary>Where the picture is: another picture has another address.</summary>
    public string PicturePath => $"/people/{Id}/picture/{Picture}";
}
