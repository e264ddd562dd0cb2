using System.IO.Pipelines;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Http;

namespace HtmxChat.Tests.Live;

/// <summary>The other end of a live connection, which reads when it is told to: until then a write to it waits.</summary>
sealed class SlowPage
{
    readonly Pipe input = new();
    readonly Pipe output = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
    readonly StringBuilder read = new();
    readonly TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it has read.</summary>
    public string Read => read.ToString();

    /// <summary>Completes when the server breaks the connection off.</summary>
    public Task Aborted => aborted.Task;

    /// <summary>Carries a room's log to it, from the beginning.</summary>
    public async Task CarryAsync(Carrier carrier, LiveConnection connection, RoomLog log)
    {
        var written = output.Writer.AsStream();
        var http = new DefaultHttpContext { Response = { Body = written } };
        await (carrier switch
        {
            Carrier.WebSocket => new WebSocketCarrier(new WebSocketTransport(input.Reader, bytes => written.WriteAsync(bytes, Ct)), connection, Pace.PerSecond(100, 100), TimeProvider.System)
                .RunAsync(log, Truth.At(0), from: 0, (_, _) => throw new NotSupportedException()),
            Carrier.ServerSentEvents => StreamCarrier.ServerSentEventsAsync(http, connection, log, Truth.At(0), from: 0),
            _ => StreamCarrier.PageAsync(http, connection, "<html>"u8.ToArray(), log, Truth.At(0), from: 0, ValueTask.FromResult),
        });
        await output.Writer.CompleteAsync();
    }

    /// <summary>Reads until something has been written, and that not yet: its write waits.</summary>
    public async Task ReadUpToAsync(string part)
    {
        while (true)
        {
            var (buffer, text) = await NextAsync();
            if (text.Contains(part, StringComparison.Ordinal))
            {
                output.Reader.AdvanceTo(buffer.Start, buffer.Start);
                return;
            }
            output.Reader.AdvanceTo(buffer.End);
        }
    }

    /// <summary>Reads whatever is written until the server comes to its end.</summary>
    public async Task ReadToTheEndAsync()
    {
        await input.Writer.CompleteAsync();
        while (true)
        {
            var (buffer, text) = await NextAsync();
            if (buffer.IsEmpty) return;

            read.Append(text);
            output.Reader.AdvanceTo(buffer.End);
        }
    }

    /// <summary>Breaks the connection off, as the server does.</summary>
    public void Abort()
    {
        input.Writer.Complete();
        output.Reader.Complete();
        aborted.TrySetResult();
    }

    async Task<(System.Buffers.ReadOnlySequence<byte> Buffer, string Text)> NextAsync()
    {
        var next = await output.Reader.ReadAsync(Ct).Soon();
        return (next.Buffer, Encoding.UTF8.GetString(next.Buffer));
    }
}
