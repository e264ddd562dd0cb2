using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What came of giving a person another password.</summary>
public abstract record PasswordOutcome
{
    public sealed record Changed(Person Person) : PasswordOutcome;

    /// <summary>The new one cannot be taken.</summary>
    public sealed record Refused(Refusal Why) : PasswordOutcome;

    /// <summary>The old one was wrong.</summary>
    public sealed record CurrentIsWrong(Refusal Why) : PasswordOutcome;

    /// <summary>The link is none, was used, or is too old.</summary>
    public sealed record LinkIsGone : PasswordOutcome;
}
