using HtmxChat.Bench.Figures;

namespace HtmxChat.Bench.Parts;

/// <summary>One part of the measurement: a table of its own.</summary>
public interface IPart
{
    /// <summary>What asks for it on the command line.</summary>
    string Name { get; }

    /// <summary>What stands above its table.</summary>
    string Title { get; }

    /// <summary>Measures, and gives each figure as soon as it is known.</summary>
    /// <exception cref="WrongAnswerException">The server did something that no figure can make up for.</exception>
    IAsyncEnumerable<Figure> MeasureAsync(Plan plan, CancellationToken ct);
}
