namespace HtmxChat.Web.Shared;

/// <summary>Whether a person may come in.</summary>
public enum Standing
{
    Active = 1,

    /// <summary>Has left, or was let go; may be let in again.</summary>
    Deactivated = 2,

    /// <summary>Was thrown out.</summary>
    Banned = 3,

    /// <summary>Has deleted the account: nothing but the handle is left, so that nobody else is given it.</summary>
    Former = 4,
}
