using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Pins;

/// <summary>What came of pinning a message, or of taking the pin out.</summary>
public abstract record PinOutcome
{
    /// <summary>It is as it was asked for, on disk and on its way to every reader.</summary>
    public sealed record Done : PinOutcome;

    /// <summary>There are as many already as a room can have.</summary>
    public sealed record Refused(Refusal Why) : PinOutcome;

    /// <summary>There is no such message, or it is not this person's to pin.</summary>
    public sealed record NotFound : PinOutcome;
}
