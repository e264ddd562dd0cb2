namespace HtmxChat.Web.Rooms;

/// <summary>Who may write in a room that they may read.</summary>
public enum PostingRule
{
    Everybody = 1,

    /// <summary>The room's owner and administrators; for announcements.</summary>
    Administrators = 2,
}
