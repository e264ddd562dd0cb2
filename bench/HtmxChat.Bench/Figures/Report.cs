using HtmxChat.Bench.Parts;

namespace HtmxChat.Bench.Figures;

/// <summary>Prints what was measured as Markdown, as it comes.</summary>
public sealed class Report(TextWriter to)
{
    readonly List<string> shortfalls = [];

    /// <summary>Whether a figure is short of its limit or a check has failed.</summary>
    public bool IsShort => shortfalls.Count > 0;

    public void Write(string text) => to.WriteLine(text);

    /// <summary>Runs a part and prints its table.</summary>
    public async Task WriteAsync(IPart part, Plan plan, CancellationToken ct)
    {
        Write($"\n## {part.Title}\n\n| what | here | must | | runs and notes |\n|---|---|---|---|---|");
        try
        {
            await foreach (var figure in part.MeasureAsync(plan, ct)) Write(figure);
        }
        catch (WrongAnswerException e)
        {
            Write(new Figure(part.Name, "void", "no fault", Holds: false, e.Message));
        }
    }

    /// <summary>Says in one line what came of it.</summary>
    public void Conclude() => Write(IsShort ? $"\n{shortfalls.Count} SHORT: {string.Join("; ", shortfalls)}." : "\nEvery figure keeps its limit.");

    void Write(Figure figure)
    {
        if (figure.Holds == false) shortfalls.Add(figure.What);
        var verdict = figure.Holds switch { true => "ok", false => "**SHORT**", null => "" };
        Write($"| {figure.What} | {figure.Value} | {figure.Must} | {verdict} | {figure.Note} |");
    }
}
