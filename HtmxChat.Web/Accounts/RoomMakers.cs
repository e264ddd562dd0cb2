namespace HtmxChat.Web.Accounts;

/// <summary>Who opens rooms.</summary>
public enum RoomMakers
{
    /// <summary>Members and administrators. Guests never do.</summary>
    Members = 1,

    Administrators = 2,
}
