using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>A name that a room may have. One that exists is valid.</summary>
public sealed record RoomName
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 60;

    RoomName(string text) => Text = text;

    public string Text { get; }

    /// <summary>
    /// The name as it is compared: no two open rooms are alike but for case. That of a closed room is its members' own
    /// affair and like no other; being refused it would tell others that there is such a room.
    /// </summary>
    public string KeyFor(RoomKind kind) => kind == RoomKind.Open ? PlainLine.Key(Text) : $"\u0002{Guid.NewGuid():N}"; // no name has a control character

    /// <summary>Reads what somebody typed.</summary>
    public static RoomName? Parse(string? text, out Refusal? refusal) =>
        PlainLine.Read(text, "Please give the room a name.", MaxLength, out refusal) is { } name ? new(name) : null;
}
