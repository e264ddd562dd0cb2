using HtmxChat.Bench.Parts;

namespace HtmxChat.Bench;

/// <summary>What the command line asks for.</summary>
public sealed record Options(IReadOnlyList<IPart> Parts, Plan Plan)
{
    static readonly IReadOnlyList<IPart> Known = [new PagesPart(), new PostsPart(), new StuckReadersPart(), new StartPart(), new WeightPart(), new InnerLoopsPart()];

    /// <summary>Reads <c>PART… [--quick] --server FOLDER</c>; without a part it is all of them.</summary>
    /// <param name="problem">What is wrong, when the result is null.</param>
    public static Options? Parse(string[] arguments, out string? problem)
    {
        var (parts, isQuick, server) = (new List<IPart>(), false, (string?)null);
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var argument))
        {
            if (argument == "--quick") isQuick = true;
            else if (argument == "--server" && left.TryDequeue(out var folder)) server = folder;
            else if (Known.FirstOrDefault(p => p.Name == argument) is { } part) parts.Add(part);
            else
            {
                problem = $"'{argument}' is not known. Parts: {string.Join(", ", Known.Select(p => p.Name))}.";
                return null;
            }
        }

        problem = server is null ? "Say where the published server is: --server FOLDER." : null;
        return server is null ? null : new Options(parts.Count > 0 ? parts : Known, isQuick ? Plan.Quick(server) : Plan.Full(server));
    }
}
