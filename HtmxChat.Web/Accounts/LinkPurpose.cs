namespace HtmxChat.Web.Accounts;

/// <summary>What a link to a person's account does.</summary>
public enum LinkPurpose
{
    ResetPassword = 1,

    /// <summary>Shows that the person reads what is sent to an address.</summary>
    ConfirmAddress = 2,
}
