namespace HtmxChat.Web.Admin;

/// <summary>What the page of a person offers to do.</summary>
public enum PersonDeed
{
    MakeAdministrator = 1,
    MakeMember,
    Deactivate,
    Activate,
    Ban,
    Unban,
    RemoveWriting,
    EndSessions,
}
