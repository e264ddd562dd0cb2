namespace HtmxChat.Web.Accounts;

/// <summary>What becomes of what somebody wrote.</summary>
public enum Writings
{
    /// <summary>It stays.</summary>
    Stay = 1,

    /// <summary>It is removed, everywhere.</summary>
    Go = 2,
}
