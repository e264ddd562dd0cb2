using System.Globalization;
using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Web.Messages.Reminders;

/// <summary>What somebody is told until they have seen to it: reminders whose time has come, and messages that could not be posted when they were due.</summary>
/// <param name="Reminders">The newest of them.</param>
/// <param name="ReminderCount">How many there are.</param>
/// <param name="UnsentCount">How many messages could not be posted.</param>
public sealed record Due(IReadOnlyList<Reminder> Reminders, int ReminderCount, int UnsentCount)
{
    /// <summary>As many reminders are shown in a room.</summary>
    public const int MaxShown = 3;

    /// <summary>The id of the element that shows them above the line to write in.</summary>
    public const string ElementId = "due";

    const string MarkId = "later-mark";

    public static Due Nothing { get; } = new([], 0, 0);

    public int Count => ReminderCount + UnsentCount;

    /// <summary>How many reminders there are that are not shown.</summary>
    public int MoreCount => ReminderCount - Reminders.Count;

    /// <summary>The mark beside the link to them.</summary>
    public OutsideElement MarkElement => new(MarkId, Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"<span id=\"{MarkId}\" class=\"mark\">{(Count == 0 ? "" : $"<b class=\"at\">{Count}<span class=\"unseen\"> due</span></b>")}</span>")));
}
