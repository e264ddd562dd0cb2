namespace HtmxChat.Web.Accounts;

/// <summary>Which people administrators want to see.</summary>
public enum PeopleSelection
{
    Everybody,
    Administrators,
    Members,
    Guests,
    Deactivated,
    Banned,
}
