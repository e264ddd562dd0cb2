using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Forwarding;

/// <summary>The message that another one passes on, as far as everybody who reads that one may read it.</summary>
/// <param name="Room">Where it stands, mostly another room.</param>
/// <param name="Seq">Its number there.</param>
public sealed record Forwarded(RoomId Room, long Seq)
{
    /// <summary>The room's name; null when nothing can be shown.</summary>
    public string? RoomName { get; init; }

    public string? AuthorName { get; init; }

    /// <summary>Empty when nothing can be shown: it is not there any more, or some who read the other may not read it.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether there is something of it to show.</summary>
    public bool IsThere => Text.Length > 0;

    /// <summary>Where it is shown with its surroundings, to those who may read it.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/rooms/{Room.Value}/messages/{Seq}");
}
