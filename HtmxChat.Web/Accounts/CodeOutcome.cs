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

    /// <summary>What it belongs to was begun too long ago.</summary>
    TooLate,
}
