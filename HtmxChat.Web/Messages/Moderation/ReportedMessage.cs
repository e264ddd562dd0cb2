using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages.Moderation;

/// <summary>What people have told the administrators about one message.</summary>
/// <param name="RoomName">Empty in a direct conversation, which is called by its people alone.</param>
public sealed record ReportedMessage(Message Message, string RoomName, RoomKind RoomKind, IReadOnlyList<Report> Reports);

/// <summary>What one person has said about it.</summary>
public sealed record Report(string Reporter, string Reason, DateTimeOffset At);
