namespace HtmxChat.Web.Messages.Threads;

/// <summary>Whether somebody follows a thread.</summary>
/// <param name="Root">What it began with.</param>
public sealed record ThreadFollowing(Message Root, bool IsFollowing);
