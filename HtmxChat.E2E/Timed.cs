namespace HtmxChat.E2E;

/// <summary>Tests that hold the site to seconds. They run by themselves: with other browsers at work beside them they would measure those.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Timed;
