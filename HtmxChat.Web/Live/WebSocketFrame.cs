using System.Buffers;
using System.Buffers.Binary;

namespace HtmxChat.Web.Live;

/// <summary>What a frame is (RFC 6455, section 5.2).</summary>
public enum WebSocketOpcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>A close code (RFC 6455, section 7.4, and the IANA registry that it founds).</summary>
public enum WebSocketClose : ushort
{
    Normal = 1000,
    ProtocolError = 1002,
    NotText = 1003,
    TooBig = 1009,
    ServerError = 1011,
    Restarting = 1012,

    /// <summary>Our own: the session or the membership has ended, and the page may not come back.</summary>
    NotAllowed = 4001,
}

/// <summary>A frame that a page has sent, its payload unmasked.</summary>
public readonly record struct WebSocketFrame(bool IsFinal, WebSocketOpcode Opcode, byte[] Payload)
{
    const byte Final = 0x80;
    const byte Reserved = 0x70;
    const byte Masked = 0x80;
    const int MaxControlPayload = 125;
    const int MaxHeader = 14;

    /// <summary>Takes the first frame off the front of a buffer.</summary>
    /// <param name="maxPayload">The longest payload that is taken, in bytes.</param>
    /// <param name="broken">Why the connection has to be closed; null while all is well.</param>
    /// <returns>False when the frame is not all there yet, or <paramref name="broken"/>.</returns>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int maxPayload, out WebSocketFrame frame, out WebSocketClose? broken)
    {
        (frame, broken) = (default, null);
        if (buffer.Length < 2) return false;

        Span<byte> header = stackalloc byte[(int)Math.Min(MaxHeader, buffer.Length)];
        buffer.Slice(0, header.Length).CopyTo(header);
        var (isFinal, opcode) = ((header[0] & Final) != 0, (WebSocketOpcode)(header[0] & 0x0F));
        broken = Check(header, isFinal, opcode);
        if (broken is not null) return false;

        var shortLength = header[1] & 0x7F;
        var maskAt = shortLength switch { 126 => 4, 127 => 10, _ => 2 };
        if (header.Length < maskAt + 4) return false;

        var length = shortLength switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(header[2..]),
            _ => (ulong)shortLength,
        };
        if (length > (ulong)maxPayload)
        {
            broken = WebSocketClose.TooBig;
            return false;
        }
        if ((ulong)buffer.Length < (ulong)(maskAt + 4) + length) return false;

        var rest = buffer.Slice(maskAt + 4);
        var payload = rest.Slice(0, (long)length).ToArray();
        for (var i = 0; i < payload.Length; i++) payload[i] ^= header[maskAt + (i & 3)];
        buffer = rest.Slice((long)length);
        frame = new WebSocketFrame(isFinal, opcode, payload);
        return true;
    }

    /// <summary>A whole text message as one frame.</summary>
    /// <param name="utf8">The text.</param>
    public static byte[] Text(ReadOnlySpan<byte> utf8) => Write(WebSocketOpcode.Text, utf8);

    /// <summary>Asks the other side for a sign of life; browsers answer by themselves.</summary>
    public static byte[] Ping() => Write(WebSocketOpcode.Ping, []);

    /// <summary>Answers a ping with its own payload.</summary>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => Write(WebSocketOpcode.Pong, payload);

    /// <summary>Says that nothing more follows, and why.</summary>
    public static byte[] Close(WebSocketClose code)
    {
        Span<byte> payload = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return Write(WebSocketOpcode.Close, payload);
    }

    // Frames from a page must be masked; control frames are short and whole (RFC 6455, sections 5.1 and 5.5).
    static WebSocketClose? Check(ReadOnlySpan<byte> header, bool isFinal, WebSocketOpcode opcode)
    {
        var isControl = opcode >= WebSocketOpcode.Close;
        var isSound = (header[0] & Reserved) == 0 && (header[1] & Masked) != 0 && Enum.IsDefined(opcode)
            && (!isControl || (isFinal && (header[1] & 0x7F) <= MaxControlPayload));
        return isSound ? null : WebSocketClose.ProtocolError;
    }

    static byte[] Write(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var headerLength = payload.Length <= MaxControlPayload ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        var frame = new byte[headerLength + payload.Length];
        frame[0] = (byte)(Final | (byte)opcode);
        switch (headerLength)
        {
            case 2: frame[1] = (byte)payload.Length; break;
            case 4: frame[1] = 126; BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length); break;
            default: frame[1] = 127; BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length); break;
        }
        payload.CopyTo(frame.AsSpan(headerLength));
        return frame;
    }
}
