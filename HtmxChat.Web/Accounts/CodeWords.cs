using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What people are told about a code that was not taken.</summary>
public static class CodeWords
{
    /// <exception cref="ArgumentOutOfRangeException">It was taken.</exception>
    public static Refusal Refusal(this CodeOutcome outcome) => outcome switch
    {
        CodeOutcome.Wrong => new("That code is not right, or was used already. Wait for the next one."),
        CodeOutcome.TooMany => new($"Too many wrong codes. Please try again in {TwoStep.TriesWindow.TotalMinutes} minutes."),
        CodeOutcome.TooLate => new($"That took longer than {TwoStep.BegunGoodFor.TotalMinutes} minutes. Please begin again."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Nothing is to be said."),
    };
}
