using HtmxChat.Bench.Parts;

namespace HtmxChat.Bench;

/// <summary>What the command line asks for.</summary>
public sealed record Options(IReadOnlyList<IPart> Parts, Plan Plan)
{
    static readonly IReadOnlyList<IPart> OwnParts = [new PagesPart(), new PostsPart(), new StuckReadersPart(), new StartPart(), new WeightPart(), new InnerLoopsPart(), new NodesPart()];

    /// <summary>Reads <c>PART… [--quick] [--yardstick-report FILE] --server FOLDER</c>; without a part it is all of them.</summary>
    /// <param name="problem">What is wrong, when the result is null.</param>
    public static Options? Parse(string[] arguments, out string? problem)
    {
        var (names, isQuick, server, yardstick) = (new List<string>(), false, "", "");
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var argument))
        {
            if (argument == "--quick") isQuick = true;
            else if (argument == "--server") left.TryDequeue(out server);
            else if (argument == "--yardstick-report") left.TryDequeue(out yardstick);
            else names.Add(argument);
        }

        IPart[] known = [.. OwnParts, .. string.IsNullOrEmpty(yardstick) ? Array.Empty<IPart>() : [new YardstickPart(yardstick)]];
        problem =
            string.IsNullOrEmpty(server) ? "Say where the published server is: --server FOLDER." :
            names.Find(name => known.All(p => p.Name != name)) is { } unknown ? $"'{unknown}' is not known. Parts: {string.Join(", ", known.Select(p => p.Name))}." :
            null;
        if (problem is not null) return null;

        return new Options(names.Count > 0 ? [.. known.Where(p => names.Contains(p.Name))] : known, isQuick ? Plan.Quick(server!) : Plan.Full(server!));
    }
}
