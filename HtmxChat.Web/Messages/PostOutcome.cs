using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>What came of posting a message.</summary>
public abstract record PostOutcome
{
    /// <summary>It is on disk and on its way to every reader, whether by this post or by an earlier one with the same key.</summary>
    public sealed record Sent(Message Message) : PostOutcome;

    /// <summary>It was a command that posts nothing: it is done.</summary>
    public sealed record Told(CommandAnswer Answer) : PostOutcome;

    /// <summary>It cannot be taken as it is; trying again without a change is of no use.</summary>
    public sealed record Refused(Refusal Why) : PostOutcome;

    /// <summary>The form was made for a session that is not this one any more, or too long ago.</summary>
    public sealed record FormTooOld : PostOutcome;

    /// <summary>Too many in a short time; the same post is welcome later.</summary>
    public sealed record TooFast(TimeSpan RetryAfter) : PostOutcome;

    /// <summary>The database could not take it just now; the same post is welcome again.</summary>
    public sealed record NotStored : PostOutcome;

    /// <summary>The key was used before for another text: the form had been sent already and was changed since.</summary>
    public sealed record KeyUsedBefore : PostOutcome;
}
