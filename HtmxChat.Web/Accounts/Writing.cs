namespace HtmxChat.Web.Accounts;

/// <summary>What becomes of everything that somebody wrote when they are thrown out.</summary>
public enum Writing
{
    Stays,

    /// <summary>Every message loses its text.</summary>
    Goes,
}
