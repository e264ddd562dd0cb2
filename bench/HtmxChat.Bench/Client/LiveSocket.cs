using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HtmxChat.Bench.Client;

/// <summary>A WebSocket on a room's live address, as a page opens it. Answers pings.</summary>
public sealed class LiveSocket : IDisposable
{
    // The mask of a client's frame may be any number (RFC 6455, section 5.3); with 0 the payload stays as it is.
    const int MaskBytes = 4;
    const byte Masked = 0x80;
    const byte Final = 0x80;

    static readonly byte[] Pong = Frame(FrameKind.Pong, []);

    readonly Socket socket;
    readonly FrameBuffer received = new();

    LiveSocket(Socket socket) => this.socket = socket;

    /// <summary>The port at this end.</summary>
    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>Everything that has been received.</summary>
    public long Bytes { get; private set; }

    /// <summary>A plain socket to open one on.</summary>
    public static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>When it was opened, or last asked for a sign of life; as a <see cref="Stopwatch"/>'s time stamp.</summary>
    public long AskedAt { get; private set; } = Stopwatch.GetTimestamp();

    /// <param name="socket">Not connected yet; is disposed with this.</param>
    /// <param name="after">The position that the room's page gave.</param>
    public static async Task<LiveSocket> OpenAsync(Socket socket, IPEndPoint site, string cookies, string after, CancellationToken ct)
    {
        var live = new LiveSocket(socket);
        await socket.ConnectAsync(site, ct);
        await socket.SendAsync(Requests.Upgrade(site, $"/rooms/1/live?after={after}", cookies), ct);
        do await live.ReceiveAsync();
        while (!live.IsAccepted());
        return live;
    }

    /// <summary>A text as the bytes that a page sends.</summary>
    public static byte[] TextFrame(ReadOnlySpan<byte> utf8) => Frame(FrameKind.Text, utf8);

    /// <summary>Sends bytes that <see cref="TextFrame"/> has made.</summary>
    public void Send(ReadOnlySpan<byte> frame) => socket.Send(frame);

    /// <summary>Waits for more bytes. Disposing ends the wait.</summary>
    public async ValueTask ReceiveAsync()
    {
        var count = await socket.ReceiveAsync(received.Free());
        if (count == 0) throw new SocketException((int)SocketError.ConnectionReset);

        received.Filled(count);
        Bytes += count;
    }

    /// <summary>Takes the next text that has been received.</summary>
    /// <returns>False when there is none, or not all of it.</returns>
    public bool TryTakeText(out ReadOnlySpan<byte> text)
    {
        while (received.TryTakeFrame(out var kind, out text))
        {
            switch (kind)
            {
                case FrameKind.Text: return true;
                case FrameKind.Ping: AnswerPing(); break;
                case FrameKind.Close: throw new WrongAnswerException($"The server closed a connection with {BinaryPrimitives.ReadUInt16BigEndian(text)}.");
            }
        }
        return false;
    }

    public void Dispose() => socket.Dispose();

    void AnswerPing()
    {
        AskedAt = Stopwatch.GetTimestamp();
        socket.Send(Pong);
    }

    bool IsAccepted()
    {
        if (!received.TryTakeHead(out var head)) return false;
        return AnswerEnd.Status(head) == 101 ? true : throw new WrongAnswerException($"A WebSocket was answered with {AnswerEnd.Status(head)}.");
    }

    static byte[] Frame(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        byte[] start = payload.Length < 126
            ? [(byte)(Final | (byte)kind), (byte)(Masked | payload.Length)]
            : [(byte)(Final | (byte)kind), Masked | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [.. start, .. new byte[MaskBytes], .. payload];
    }
}
