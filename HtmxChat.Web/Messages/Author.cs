using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>Who wrote a message, as it shows them.</summary>
public sealed record Author(PersonId Id, string Name)
{
    /// <summary>Names the picture; null while there is none.</summary>
    public string? Picture { get; init; }

    /// <summary>What the person writes in, as a tag of BCP 47; empty when nobody said.</summary>
    public string Language { get; init; } = "";

    public Face Face => new(Id, Name, Picture);

    /// <summary>Somebody who is about to write.</summary>
    public static Author Of(Viewer viewer) => new(viewer.Id, viewer.Name) { Picture = viewer.Picture, Language = viewer.Language };
}
