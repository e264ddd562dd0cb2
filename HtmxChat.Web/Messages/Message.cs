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

/// <summary>What somebody said in a room, as it is now.</summary>
/// <param name="Seq">The number of the event that posted it; with the room it names the message, for ever.</param>
/// <param name="ChangedSeq">The number of the newest event about it.</param>
/// <param name="ClientKey">What the author's page called it before it had a number.</param>
/// <param name="Text">Empty when it was deleted.</param>
public sealed record Message(
    RoomId Room, long Seq, long ChangedSeq, Author Author, string ClientKey, string Text,
    DateTimeOffset SentAt, Placement Placement, DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt)
{
    /// <summary>The id of its element on every page.</summary>
    public string ElementId => ElementIdOf(Seq);

    /// <summary>The id of the element of the message of a number.</summary>
    public static string ElementIdOf(long seq) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"m-{seq}");

    /// <summary>Where it is shown with its surroundings, for ever.</summary>
    public string Path => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/rooms/{Room.Value}/messages/{Seq}");

    public bool IsDeleted => DeletedAt is not null;

    /// <summary>Whether it was an administrator who deleted it, and not its author.</summary>
    public bool IsRemoved { get; init; }
}
