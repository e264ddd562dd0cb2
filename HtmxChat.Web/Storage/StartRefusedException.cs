namespace HtmxChat.Web.Storage;

/// <summary>The program cannot start here, and says why to whoever runs it.</summary>
public sealed class StartRefusedException(string words) : Exception(words);
