namespace HtmxChat.Web.Live;

/// <summary>Why a live connection may have to end before its reader wants it to.</summary>
/// <param name="Stopping">The server is stopping: the page should come back soon.</param>
/// <param name="SignedOut">The session has ended: the page may not come back.</param>
/// <param name="Gone">The connection is broken: nobody is there.</param>
public readonly record struct LiveEnds(CancellationToken Stopping, CancellationToken SignedOut, CancellationToken Gone)
{
    /// <summary>One token for all three.</summary>
    public CancellationTokenSource Any() => CancellationTokenSource.CreateLinkedTokenSource(Stopping, SignedOut, Gone);
}
