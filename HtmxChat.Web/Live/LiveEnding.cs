namespace HtmxChat.Web.Live;

/// <summary>Why a live connection comes to its end.</summary>
public enum LiveEnding
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>Nobody is there any more, or the page has closed it.</summary>
    Gone,

    /// <summary>The session has ended: the page may not come back.</summary>
    SignedOut,

    /// <summary>The person may not read the room any more: the page may not come back.</summary>
    Removed,

    /// <summary>What is known of the person has changed: the page should come back at once.</summary>
    Renewed,

    /// <summary>The server is stopping: the page should come back soon.</summary>
    Stopping,

    /// <summary>Something of ours went wrong: the page should try again.</summary>
    Failed,
}
