using HtmxChat.Bench.Figures;

namespace HtmxChat.Bench;

/// <summary>Runs the parts that are asked for and prints a table for each.</summary>
static class Program
{
    // What a shell expects of a program that Ctrl+C has ended.
    const int Interrupted = 130;

    static async Task<int> Main(string[] arguments)
    {
        if (Options.Parse(arguments, out var problem) is not { } options)
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => (e.Cancel, _) = (true, interrupted.CancelAsync());
        var report = new Report(Console.Out);
        report.Write(Machine.Describe());
        try
        {
            foreach (var part in options.Parts) await report.WriteAsync(part, options.Plan, interrupted.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return Interrupted;
        }
        report.Conclude();
        return report.IsShort ? 1 : 0;
    }
}
