namespace HtmxChat.Web.Messages;

/// <summary>The form that a message is written in.</summary>
/// <param name="Action">Where it posts to.</param>
/// <param name="Key">What makes sending it twice harmless.</param>
/// <param name="Text">What was typed, when it could not be sent.</param>
/// <param name="Problem">Why it could not.</param>
public sealed record ComposerForm(string Action, string RoomName, ClientKey Key, string? Text = null, string? Problem = null);
