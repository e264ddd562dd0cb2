using System.Globalization;

namespace HtmxChat.Web.Messages;

/// <summary>What a person is told when a message could not be sent, the same by every way of sending.</summary>
public static class PostWords
{
    public const string KeyUsedBefore = "This form was sent before, and its text has been changed since. Press Send to send it as a new message.";

    public const string NotStored = "The server could not store it just now. Your text is kept; please send it again in a moment.";

    public const string FormTooOld = "This page had been open for too long. Your text is kept; please press Send again.";

    public const string PageTooOld = "Not sent: this page had been open for too long. Please load it again; your text is kept.";

    public const string NothingToAnswer = "The message that you answer is not there any more. Your text is kept; you can send it without answering.";

    public const string NoThread = "The message that this thread began with is not there any more. Your text is kept; you can send it to the room.";

    public const string SentTooLongAgo = "It was sent too long ago to be taken back. It can still be deleted.";

    public const string NotKept = "This could not be kept: a draft can have 10,000 characters, and not too many can be saved at once. Your text is still here.";

    public const string NoRoom = "You cannot write here any more.";

    public static string TooFast(TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"That was a lot at once. Please send it again in {seconds} {(seconds == 1 ? "second" : "seconds")}; your text is kept.");
    }
}
