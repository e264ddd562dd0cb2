namespace HtmxChat.Web.Messages.Later;

/// <summary>How much somebody has in each of the lists of what is kept for later.</summary>
public sealed record LaterCounts(int Saved, int Reminders, int Scheduled);
