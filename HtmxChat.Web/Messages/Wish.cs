namespace HtmxChat.Web.Messages;

/// <summary>What somebody means who presses a reaction, or an answer of a poll.</summary>
public enum Wish
{
    /// <summary>To join those who did, or to leave them when one is among them.</summary>
    Change,

    /// <summary>To be among them: a page that shows that one is not, however old it is, and however often it says so.</summary>
    Join,

    /// <summary>Not to be.</summary>
    Leave,
}
