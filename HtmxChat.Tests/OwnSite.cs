namespace HtmxChat.Tests;

/// <summary>A site for one class of tests, which may change what is set about it.</summary>
public sealed class OwnSite : SharedSite;
