namespace HtmxChat.Web.Rooms;

/// <summary>A room that somebody may change and delete. It does not let them read it: administrators look after closed rooms that they are no members of.</summary>
/// <param name="MayRead">Whether they may read it as well.</param>
public sealed record ManagedRoom(Room Room, bool MayRead);
