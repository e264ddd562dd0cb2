namespace HtmxChat.Web.Accounts;

/// <summary>A person's second step of signing in.</summary>
public sealed class TwoStepRow
{
    public long PersonId { get; set; }

    /// <summary>What the app was given. Readable: a key to hide it with would lie in the same database.</summary>
    public required string Secret { get; set; }

    public long BegunAtMs { get; set; }

    /// <summary>Null until the app has shown that it has the secret.</summary>
    public long? OnSinceMs { get; set; }

    /// <summary>The step of the last code that was accepted: neither that one nor an older one is good again.</summary>
    public long LastStep { get; set; }

    /// <summary>How many codes were tried since <see cref="TriesFromMs"/>, the right ones not counted.</summary>
    public int Tries { get; set; }

    public long TriesFromMs { get; set; }
}
