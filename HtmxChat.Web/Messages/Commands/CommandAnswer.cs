using System.Globalization;

namespace HtmxChat.Web.Messages.Commands;

/// <summary>What came of a command that posts nothing, for whoever gave it alone.</summary>
/// <param name="Count">How many people it is about.</param>
public readonly record struct CommandAnswer(CommandAnswer.Kinds Kind, int Count = 0)
{
    /// <summary>What can come of one.</summary>
    public enum Kinds
    {
        Help = 1,
        TopicSet,
        TopicTaken,
        Invited,
        Hidden,
        Shown,
    }

    /// <summary>As it stands in an address.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"{Kind:D}.{Count}");

    public string Words => Kind switch
    {
        Kinds.Help => $"You can write:\n{string.Join('\n', SlashCommand.All.Select(c => $"/{c.Name}{(c.Takes.Length > 0 ? $" {c.Takes}" : "")}: {c.Does}"))}\nTwo slashes send one, as text.",
        Kinds.TopicSet => "The topic is set.",
        Kinds.TopicTaken => "The room has no topic now.",
        Kinds.Invited when Count == 0 => "They are in this room already.",
        Kinds.Invited => Count == 1 ? "One person has been let in." : string.Create(CultureInfo.InvariantCulture, $"{Count} people have been let in."),
        Kinds.Hidden => "The others see you as offline now. Write /away again to be shown.",
        Kinds.Shown => "The others see again when you are here.",
        _ => "",
    };

    /// <summary>Null when it is none.</summary>
    public static CommandAnswer? Parse(string? code) =>
        code?.Split('.') is [var kind, var count] && int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && Enum.IsDefined((Kinds)k)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? new((Kinds)k, n) : null;
}
