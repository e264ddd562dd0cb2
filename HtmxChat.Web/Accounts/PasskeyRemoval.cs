namespace HtmxChat.Web.Accounts;

/// <summary>What came of removing a passkey.</summary>
public enum PasskeyRemoval
{
    Removed,

    /// <summary>There is none of that number, or it is somebody else's.</summary>
    None,

    /// <summary>Its person could not sign in any more.</summary>
    LastWayIn,
}
