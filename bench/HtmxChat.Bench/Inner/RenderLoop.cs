using BenchmarkDotNet.Attributes;
using HtmxChat.Web.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Bench.Inner;

/// <summary>A message becomes HTML: once through its partial, and from then on out of memory.</summary>
public class RenderLoop
{
    static readonly Message Known = Samples.Message(1);

    readonly WebApplication program = Samples.Program();
    long newest = 1;

    MessageHtml Html => program.Services.GetRequiredService<MessageHtml>();

    [Benchmark(Description = "render: a message, first time")]
    public ValueTask<byte[]> New() => Html.RenderAsync(Samples.Message(++newest), CancellationToken.None);

    [Benchmark(Description = "render: a message, from memory")]
    public ValueTask<byte[]> Again() => Html.RenderAsync(Known, CancellationToken.None);

    [GlobalCleanup]
    public ValueTask StopAsync() => program.DisposeAsync();
}
