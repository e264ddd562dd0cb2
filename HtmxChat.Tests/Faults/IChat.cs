namespace HtmxChat.Tests.Faults;

/// <summary>One room of a server, as a page of it uses it. Everything throws an <see cref="IOException"/> when no answer comes.</summary>
interface IChat
{
    /// <summary>The page, loaded anew.</summary>
    Task<string> LoadAsync(CancellationToken ct);

    /// <summary>Posts a message.</summary>
    /// <returns>The number that the server acknowledged it with.</returns>
    Task<long> PostAsync(string key, string text, CancellationToken ct);

    /// <summary>Opens a live connection that goes on after a position.</summary>
    Task<ILive> OpenAsync(string position, CancellationToken ct);

    /// <summary>What the database holds of the room, in order.</summary>
    Task<IReadOnlyList<StoredMessage>> StoredAsync(CancellationToken ct);
}

/// <summary>An open live connection.</summary>
interface ILive : IAsyncDisposable
{
    /// <summary>The next frame's text; null when the connection has ended or broken.</summary>
    Task<string?> NextAsync(CancellationToken ct);
}

/// <summary>A message as it is stored.</summary>
sealed record StoredMessage(long Seq, long Author, string Key, string Text);
