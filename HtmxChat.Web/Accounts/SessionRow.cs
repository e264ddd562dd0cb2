namespace HtmxChat.Web.Accounts;

/// <summary>One signed-in browser.</summary>
public sealed class SessionRow
{
    public long Id { get; set; }

    /// <summary>SHA-256 of the key in the cookie, so that a stolen database signs nobody in.</summary>
    public required byte[] KeyHash { get; set; }

    public long PersonId { get; set; }

    public required byte[] Ticket { get; set; }

    public long CreatedAtMs { get; set; }

    public long ExpiresAtMs { get; set; }

    /// <summary>To the minute: writing it down at each request would be a write for each.</summary>
    public long LastUsedAtMs { get; set; }

    /// <summary>Where the browser was when it signed in.</summary>
    public string Address { get; set; } = "";

    /// <summary>The browser's own words for itself, cut to 200 characters.</summary>
    public required string Device { get; set; }
}
