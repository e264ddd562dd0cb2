using System.IO.Pipelines;

namespace HtmxChat.Web.Live;

/// <summary>The bytes of an open WebSocket, both ways.</summary>
/// <param name="Input">What the page sends.</param>
/// <param name="WriteAsync">Sends to the page; completed when all bytes are handed on. One call at a time.</param>
public sealed record WebSocketTransport(PipeReader Input, Func<ReadOnlyMemory<byte>, ValueTask> WriteAsync)
{
    static readonly StreamPipeReaderOptions HoldNothingWhileIdle = new(useZeroByteReads: true, leaveOpen: true);

    /// <summary>Over the stream that HTTP gives for it.</summary>
    public static WebSocketTransport Over(Stream stream) =>
        new(PipeReader.Create(stream, HoldNothingWhileIdle), bytes => stream.WriteAsync(bytes));
}
