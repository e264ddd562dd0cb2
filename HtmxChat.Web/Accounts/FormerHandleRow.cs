namespace HtmxChat.Web.Accounts;

/// <summary>A handle that somebody has given up for another, kept so that nobody else is given it.</summary>
public sealed class FormerHandleRow
{
    /// <summary>As it is compared.</summary>
    public required string Key { get; set; }

    public long PersonId { get; set; }

    /// <summary>When it was given up; 0 when nobody noted it.</summary>
    public long GivenUpAtMs { get; set; }
}
