namespace HtmxChat.Web.Shared;

/// <summary>The server has more to do than it can do soon. It is answered with 503 and when to come back.</summary>
public sealed class TooBusyException() : Exception("There is too much to do just now.");
