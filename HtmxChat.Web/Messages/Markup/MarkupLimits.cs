using System.Buffers;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>What nobody means as Markdown, and what would take long to be read as such: found by one look at the text, before it is parsed.</summary>
/// <remarks>Each of these takes a parser the square of its length. A text at half of all limits takes a few milliseconds.</remarks>
static class MarkupLimits
{
    // Quotes and lists in each other, as one line begins them.
    const int MostContainers = 16;

    // Signs that may belong to any other of their kind.
    const int MostSigns = 1_200;

    // A row has as many cells as the table has columns, whether they are written or not.
    const int MostCells = 1_000;

    static readonly SearchValues<char> Signs = SearchValues.Create("*_~[]|<`");

    /// <summary>Whether it can be read as Markdown at all.</summary>
    public static bool Allow(string text)
    {
        var (signs, fence) = (0, default(Fence));
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (fence.Length > 0)
            {
                if (fence.IsClosedBy(line)) fence = default;
                continue;
            }
            fence = Fence.OpenedBy(line);
            if (fence.Length > 0) continue;

            signs += CountSigns(line);
            if (signs > MostSigns || CountContainers(line) > MostContainers) return false;
        }
        return true;
    }

    /// <summary>Whether its tables, if there are any, are small enough.</summary>
    public static bool AllowTables(string text)
    {
        var (rows, columns) = (0, 0);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            rows++;
            columns = Math.Max(columns, line.Count('|') + 1);
        }
        return columns == 1 || rows * columns <= MostCells;
    }

    static int CountSigns(ReadOnlySpan<char> line)
    {
        var count = 0;
        for (var rest = line; rest.IndexOfAny(Signs) is >= 0 and var at; rest = rest[(at + 1)..])
        {
            if (rest[at] != '|' || rest[(at + 1)..].StartsWith('|')) count++;
        }
        return count;
    }

    static int CountContainers(ReadOnlySpan<char> line)
    {
        var count = 0;
        for (var rest = line.TrimStart(); !rest.IsEmpty; count++)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            var mark = digits > 0 && rest[digits] is '.' or ')' ? digits + 1 : rest[0] is '>' or '-' or '+' or '*' ? 1 : 0;
            if (mark == 0 || (rest[0] != '>' && rest.Length > mark && rest[mark] is not (' ' or '\t'))) break;
            rest = rest[mark..].TrimStart();
        }
        return count;
    }

    // As CommonMark has it. One within a list or quote is not seen here, and only counts as any other text.
    readonly record struct Fence(char Sign, int Length)
    {
        public static Fence OpenedBy(ReadOnlySpan<char> line)
        {
            var fence = Read(line, out var rest);
            return fence.Length >= 3 && !(fence.Sign == '`' && rest.Contains('`')) ? fence : default;
        }

        public bool IsClosedBy(ReadOnlySpan<char> line)
        {
            var fence = Read(line, out var rest);
            return fence.Sign == Sign && fence.Length >= Length && rest.IsWhiteSpace();
        }

        static Fence Read(ReadOnlySpan<char> line, out ReadOnlySpan<char> rest)
        {
            rest = line.TrimStart(' ');
            if (rest.IsEmpty || line.Length - rest.Length > 3 || rest[0] is not ('`' or '~')) return default;

            var (sign, length) = (rest[0], rest.IndexOfAnyExcept(rest[0]));
            if (length < 0) length = rest.Length;
            rest = rest[length..];
            return new(sign, length);
        }
    }
}
