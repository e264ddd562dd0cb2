namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>Finds the link of a message whose preview is shown: the first that stands in its text, and not in code or in a spoiler.</summary>
public static class FirstLink
{
    // As it is sent, in which a letter can take nine characters.
    const int MaxLength = 2_000;

    static readonly string[] Schemes = ["https://", "http://"];

    /// <param name="text">A message as it was written.</param>
    /// <returns>Null when there is none.</returns>
    public static Uri? In(string text)
    {
        // In most messages this is all there is to do.
        if (!text.Contains("://", StringComparison.Ordinal)) return null;

        foreach (var written in Prose(text))
        {
            for (var at = 0; Next(written, at) is var start && start >= 0; at = start + 1)
            {
                if (Read(written.AsSpan(start)) is { } link) return link;
            }
        }
        return null;
    }

    // The lines between fences, and each of them without what stands in `code` and ||spoilers||.
    static IEnumerable<string> Prose(string text)
    {
        string? fence = null;
        foreach (var line in text.Split('\n'))
        {
            var mark = FenceOf(line);
            if (fence is not null)
            {
                if (mark is not null && mark.StartsWith(fence, StringComparison.Ordinal)) fence = null;
            }
            else if (mark is not null) fence = mark;
            else yield return Without("||", WithoutCode(line));
        }
    }

    // Three or more of one kind; one that ends a block is at least as long as the one that has begun it.
    static string? FenceOf(string line)
    {
        var trimmed = line.TrimStart(' ', '>');
        if (trimmed.Length == 0 || trimmed[0] is not ('`' or '~')) return null;

        var length = trimmed.Length - trimmed.TrimStart(trimmed[0]).Length;
        return length < 3 || trimmed.AsSpan(length).Contains('`') ? null : trimmed[..length];
    }

    // Code begins with some backticks and ends with as many; where none end it there is none.
    static string WithoutCode(string line)
    {
        for (var at = line.IndexOf('`'); at >= 0;)
        {
            var length = 1;
            while (at + length < line.Length && line[at + length] == '`') length++;
            var end = EndOf(line, at + length, length);
            if (end < 0) at = line.IndexOf('`', at + length);
            else
            {
                line = $"{line[..at]} {line[(end + length)..]}";
                at = line.IndexOf('`', at);
            }
        }
        return line;
    }

    static int EndOf(string line, int from, int length)
    {
        while (from < line.Length && line.IndexOf('`', from) is var at && at >= 0)
        {
            var end = at;
            while (end < line.Length && line[end] == '`') end++;
            if (end - at == length) return at;
            from = end;
        }
        return -1;
    }

    static string Without(string mark, string line)
    {
        if (!line.Contains(mark, StringComparison.Ordinal)) return line;

        var parts = line.Split(mark);

        // What the last mark begins and nothing ends is no spoiler.
        return string.Join(' ', parts.Where((_, i) => i % 2 == 0 || i == parts.Length - 1));
    }

    static int Next(string line, int from)
    {
        var first = -1;
        foreach (var scheme in Schemes)
        {
            var at = line.IndexOf(scheme, from, StringComparison.OrdinalIgnoreCase);
            while (at > 0 && char.IsLetterOrDigit(line[at - 1])) at = line.IndexOf(scheme, at + 1, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }
        return first;
    }

    // Up to a space or what cannot stand in an address, without what ends the sentence.
    static Uri? Read(ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, MaxLength + 1)];
        var (length, open) = (0, 0);
        while (length < rest.Length && !char.IsWhiteSpace(rest[length]) && rest[length] is not ('<' or '>' or '"' or ']' or '`' or '|'))
        {
            if (rest[length] == '(') open++;
            if (rest[length] == ')' && --open < 0) break;
            length++;
        }
        var written = rest[..length].TrimEnd(".,;:!?'*_~");
        return Uri.TryCreate(written.ToString(), UriKind.Absolute, out var link) && link is { Host.Length: > 0, AbsoluteUri.Length: <= MaxLength } ? link : null;
    }
}
