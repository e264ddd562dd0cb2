using BenchmarkDotNet.Attributes;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Bench.Inner;

/// <summary>A batch becomes the bytes that a carrier sends, once for all its readers.</summary>
public class FrameLoop
{
    LogEvent[] events = [];

    [Params(1, 100)]
    public int Events { get; set; }

    [GlobalSetup]
    public async Task RenderAsync()
    {
        await using var program = Samples.Program();
        var html = program.Services.GetRequiredService<MessageHtml>();
        events = new LogEvent[Events];
        for (var i = 0; i < Events; i++) events[i] = await html.EventAsync(Samples.Message(i + 1), CancellationToken.None);
    }

    [Benchmark(Description = "frame: WebSocket")]
    public ReadOnlyMemory<byte> WebSocket() => Frame(Carrier.WebSocket);

    [Benchmark(Description = "frame: Server-Sent Events")]
    public ReadOnlyMemory<byte> ServerSentEvents() => Frame(Carrier.ServerSentEvents);

    [Benchmark(Description = "frame: streamed HTML")]
    public ReadOnlyMemory<byte> Html() => Frame(Carrier.Html);

    // A batch keeps what it has framed, so each turn has a new one.
    ReadOnlyMemory<byte> Frame(Carrier carrier) => new Batch { Position = new Position("k3v9q2ma", Events), Events = events }.Frame(carrier);
}
