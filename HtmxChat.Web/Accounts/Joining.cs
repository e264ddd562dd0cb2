namespace HtmxChat.Web.Accounts;

/// <summary>How people come to the site.</summary>
public enum Joining
{
    /// <summary>By an invite link, as members.</summary>
    ByInvite = 1,

    /// <summary>By an invite link as members, and everybody with the address by name alone, as guests.</summary>
    Open = 2,

    /// <summary>Not at all, whatever link they have.</summary>
    Closed = 3,
}
