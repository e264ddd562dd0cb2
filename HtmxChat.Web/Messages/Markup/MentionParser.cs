using System.Globalization;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Shared;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>Somebody who is called in a text, or everybody in the room.</summary>
/// <param name="person">Null for everybody.</param>
sealed class MentionInline(string text, PersonId? person) : LeafInline
{
    /// <summary>As it stands there: <c>@ada</c>.</summary>
    public string Text => text;

    public PersonId? Person => person;
}

/// <summary>Finds those whom a message is known to call; all other names are text, see <see cref="Mentions"/>.</summary>
sealed class MentionParser : InlineParser
{
    const string Room = "room";

    public MentionParser() => OpeningCharacters = ['@'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (processor.Context is not MarkupContext { Mentioned: var mentioned } || mentioned.IsNobody) return false;
        if (slice.PeekCharExtra(-1) is var before && (IsOfHandle(before) || before == '@')) return false;

        var end = slice.Start + 1;
        while (end <= slice.End && IsOfHandle(slice.Text[end])) end++;
        var called = slice.Text[(slice.Start + 1)..end];
        if (Find(mentioned, called) is not var (handle, person)) return false;

        processor.Inline = new MentionInline($"@{handle}", person);
        slice.Start += handle.Length + 1;
        return true;
    }

    // A dot or dash at the end may be the handle's or the sentence's.
    static (string Handle, PersonId? Person)? Find(Mentioned mentioned, string called)
    {
        foreach (var handle in new[] { called, called.TrimEnd('.', '-', '_') })
        {
            if (mentioned.People.TryGetValue(handle, out var person)) return (handle, person);
            if (mentioned.IsRoom && handle == Room) return (handle, null);
        }
        return null;
    }

    static bool IsOfHandle(char c) => c is '.' or '_' or '-' || char.IsLetter(c) || char.GetUnicodeCategory(c) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
