using System.Buffers.Binary;

namespace HtmxChat.Bench.Client;

/// <summary>What a WebSocket has brought and nobody has taken yet, as frames (RFC 6455, section 5.2). Grows to the longest frame.</summary>
public sealed class FrameBuffer
{
    const int Final = 0x80;

    byte[] bytes = new byte[8 * 1024];
    int from, to;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Free()
    {
        bytes.AsSpan(from..to).CopyTo(bytes);
        (from, to) = (0, to - from);
        if (to == bytes.Length) Array.Resize(ref bytes, bytes.Length * 2);
        return bytes.AsMemory(to);
    }

    /// <summary>Counts in what has been put there.</summary>
    public void Filled(int count) => to += count;

    /// <summary>Takes the head of the HTTP answer that stands before the frames.</summary>
    /// <returns>False while it is not all there.</returns>
    public bool TryTakeHead(out ReadOnlySpan<byte> head)
    {
        var length = bytes.AsSpan(from..to).IndexOf("\r\n\r\n"u8) + 4;
        return TryTake(length >= 4 ? length : int.MaxValue, out head);
    }

    /// <summary>Takes a whole frame; servers send them without a mask.</summary>
    /// <returns>False while it is not all there.</returns>
    public bool TryTakeFrame(out FrameKind kind, out ReadOnlySpan<byte> payload)
    {
        kind = default;
        payload = default;
        var seen = bytes.AsSpan(from..to);
        if (seen.Length < 2 || PayloadStart(seen[1]) is var start && seen.Length < start) return false;
        if ((seen[0] & Final) == 0) throw new WrongAnswerException("A frame came in parts.");

        var length = start switch { 2 => seen[1], 4 => BinaryPrimitives.ReadUInt16BigEndian(seen[2..]), _ => (int)BinaryPrimitives.ReadUInt64BigEndian(seen[2..]) };
        kind = (FrameKind)(seen[0] & 0x0F);
        if (!TryTake(start + length, out var frame)) return false;

        payload = frame[start..];
        return true;
    }

    static int PayloadStart(byte shortLength) => shortLength switch { 126 => 4, 127 => 10, _ => 2 };

    bool TryTake(int length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (to - from < length) return false;

        taken = bytes.AsSpan(from, length);
        from += length;
        return true;
    }
}
