namespace HtmxChat.Bench;

/// <summary>The server answered wrongly, lost something or broke off: what was measured is void.</summary>
public sealed class WrongAnswerException(string message) : Exception(message);
