namespace HtmxChat.Web.Admin;

/// <summary>What the page of a person offers to do.</summary>
public enum PersonDeed
{
    MakeAdministrator = 1,
    MakeMember,
    AcceptGuest,
    Deactivate,
    Activate,
    Ban,
    Unban,
    RemoveWritings,
    EndSessions,
    MakeResetLink,
    SwitchOffTwoStep,
}
