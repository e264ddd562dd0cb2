using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>What came of editing, deleting or restoring a message.</summary>
public abstract record ChangeOutcome
{
    /// <summary>It is on disk and on its way to every reader.</summary>
    public sealed record Changed(Message Message) : ChangeOutcome;

    /// <summary>It is deleted, and gone from every reader's page within a moment.</summary>
    /// <param name="Undo">By which it can be restored, for a few seconds.</param>
    public sealed record Deleted(string Undo) : ChangeOutcome;

    /// <summary>The new text cannot be taken.</summary>
    public sealed record Refused(Refusal Why) : ChangeOutcome;

    /// <summary>It has another text by now than the one that was edited.</summary>
    public sealed record EditedMeanwhile : ChangeOutcome;

    /// <summary>What can be undone for a few seconds only was not.</summary>
    public sealed record TooLate : ChangeOutcome;

    /// <summary>There is no such message, or it is not this person's to change.</summary>
    public sealed record NotFound : ChangeOutcome;
}
