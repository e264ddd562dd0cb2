namespace HtmxChat.Web.Shared;

/// <summary>Why something that a person gave cannot be taken, in words for that person.</summary>
/// <param name="Words">One or two sentences that say what to do.</param>
public sealed record Refusal(string Words);
