using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What came of something that an administrator wanted to do to somebody.</summary>
public abstract record PersonOutcome
{
    /// <summary>It is on disk.</summary>
    public sealed record Done : PersonOutcome;

    /// <summary>There is a link for a new password.</summary>
    /// <param name="Path">On this site; to be shown once, because it cannot be found out again.</param>
    public sealed record LinkMade(string Path) : PersonOutcome;

    /// <summary>It cannot be done.</summary>
    public sealed record Refused(Refusal Why) : PersonOutcome;

    /// <summary>There is no such person, or whoever asks looks after nothing any more.</summary>
    public sealed record NotFound : PersonOutcome;
}
