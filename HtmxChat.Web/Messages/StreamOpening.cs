using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages;

/// <summary>How the page begins that does not end.</summary>
public sealed record StreamOpening(Room Room, Viewer Reader)
{
    /// <summary>What the thread began with that it shows; null where it shows the room.</summary>
    public Message? Thread { get; init; }

    /// <summary>Where the older messages of the thread end; null where there are none.</summary>
    public long? OlderThan { get; init; }
}
