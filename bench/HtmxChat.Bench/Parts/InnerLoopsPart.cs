using System.Runtime.CompilerServices;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using HtmxChat.Bench.Figures;
using HtmxChat.Bench.Inner;
using Perfolizer.Horology;

namespace HtmxChat.Bench.Parts;

/// <summary>The inner loops by BenchmarkDotNet: time and allocations of one turn.</summary>
public sealed class InnerLoopsPart : IPart
{
    const double NanosecondsPerMicrosecond = 1_000;

    static readonly Type[] Loops = [typeof(RenderLoop), typeof(FrameLoop), typeof(LogLoop), typeof(StoreLoop)];

    public string Name => "inner";

    public string Title => "Inner loops";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var loop in Loops)
        {
            await Console.Error.WriteLineAsync($"Measuring {loop.Name}".AsMemory(), ct);
            foreach (var report in BenchmarkRunner.Run(loop, Config(plan)).Reports) yield return ToFigure(report);
        }
    }

    // In this process: another one, built for each benchmark, would take longer to build than all of them take to run.
    static ManualConfig Config(Plan plan) => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(plan.Rounds + 2).WithIterationTime(TimeInterval.FromMilliseconds(250)))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(NullLogger.Instance)
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));

    static Figure ToFigure(BenchmarkReport report)
    {
        var what = string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(p => $"{p.Value} {p.Name}".ToLowerInvariant()).Prepend(report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')));
        if (report.ResultStatistics is not { } time) throw new WrongAnswerException($"'{what}' could not be measured.");

        var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        return Figure.Of(what, time.Mean / NanosecondsPerMicrosecond, "us", $"± {Figure.Number(time.StandardError / NanosecondsPerMicrosecond)} us; {Figure.Number(allocated)} bytes allocated");
    }
}
