namespace HtmxChat.Bench;

/// <summary>How long everything is measured, and with how much.</summary>
/// <param name="ServerFolder">Where the published server is.</param>
/// <param name="Rounds">How many runs the median is taken of.</param>
/// <param name="Warmup">How long the server works before a run counts: its code is compiled anew where it is used most.</param>
/// <param name="Run">How long a run of pages or posts takes.</param>
/// <param name="Phase">How long all read, and how long some are stuck. Below 25 s, which at 20 messages a second is as far as a reader may fall behind.</param>
/// <param name="ManyMessages">How many messages the large room holds.</param>
/// <param name="Starts">How often the server is started.</param>
/// <param name="Idle">How long it is left alone before its memory is read.</param>
public sealed record Plan(string ServerFolder, int Rounds, TimeSpan Warmup, TimeSpan Run, TimeSpan Phase, int ManyMessages, int Starts, TimeSpan Idle)
{
    /// <summary>What the README's figures come from.</summary>
    public static Plan Full(string serverFolder) => new(
        serverFolder, Rounds: 3, Warmup: TimeSpan.FromSeconds(15), Run: TimeSpan.FromSeconds(8), Phase: TimeSpan.FromSeconds(20),
        ManyMessages: 1_000_000, Starts: 10, Idle: TimeSpan.FromSeconds(30));

    /// <summary>A first look.</summary>
    public static Plan Quick(string serverFolder) => new(
        serverFolder, Rounds: 1, Warmup: TimeSpan.FromSeconds(4), Run: TimeSpan.FromSeconds(3), Phase: TimeSpan.FromSeconds(16),
        ManyMessages: 50_000, Starts: 3, Idle: TimeSpan.FromSeconds(5));
}
