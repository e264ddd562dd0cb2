using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>A place where people talk.</summary>
/// <param name="Topic">What it is about; empty when nobody said.</param>
public sealed record Room(RoomId Id, string Name, string Topic);
