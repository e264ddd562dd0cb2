using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>The message that a thread began with, which was there a moment ago, was deleted or taken back.</summary>
public sealed class ThreadGoneException(RoomId room, long thread) : Exception($"There is no message {thread} in room {room} that could have a thread.");
