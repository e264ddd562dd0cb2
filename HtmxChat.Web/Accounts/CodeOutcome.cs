namespace HtmxChat.Web.Accounts;

/// <summary>What came of a code.</summary>
public enum CodeOutcome
{
    /// <summary>It was right, and is used up now.</summary>
    Accepted,

    /// <summary>It is wrong, or was used before.</summary>
    Wrong,

    /// <summary>There were too many wrong ones; nothing was compared.</summary>
    TooMany,
}
