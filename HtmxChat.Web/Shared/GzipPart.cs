using System.Buffers.Binary;
using System.IO.Compression;

namespace HtmxChat.Web.Shared;

/// <summary>Bytes that were compressed by themselves and can be put anywhere into a gzip stream, any number of times.</summary>
/// <remarks>
/// A stream of deflate blocks may be cut wherever it was flushed (RFC 1951, section 3.2.4), and these blocks refer to nothing
/// before them. The check sum of the whole follows from those of the parts. Several gzip members in a row would be simpler,
/// but browsers stop after the first.
/// </remarks>
/// <param name="Blocks">Whole deflate blocks that end at a byte, none of them marked as the last.</param>
/// <param name="Crc">The CRC-32 of the bytes (RFC 1952, section 8).</param>
/// <param name="Length">How many bytes they were.</param>
public sealed record GzipPart(ReadOnlyMemory<byte> Blocks, uint Crc, int Length)
{
    const int TrailerLength = 8;

    const uint Polynomial = 0xEDB88320;

    // Magic, deflate, no flags, no time, fastest, system unknown (RFC 1952, section 2.3).
    static ReadOnlySpan<byte> Header => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 255];

    // A last block with nothing in it.
    static ReadOnlySpan<byte> LastBlock => [3, 0];

    /// <summary>Compresses some bytes.</summary>
    public static GzipPart Of(ReadOnlySpan<byte> bytes, CompressionLevel level)
    {
        var stream = new MemoryStream(bytes.Length / 2 + 64);
        int end;
        using (var gzip = new GZipStream(stream, level, leaveOpen: true))
        {
            gzip.Write(bytes);
            gzip.Flush();
            end = (int)stream.Length;
        }
        if (end == 0) return new GzipPart(default, 0, 0);

        var member = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        return new GzipPart(member[Header.Length..end], BinaryPrimitives.ReadUInt32LittleEndian(member.Span[^TrailerLength..]), bytes.Length);
    }

    /// <summary>One gzip stream of all the parts in their order.</summary>
    public static byte[] Join(params ReadOnlySpan<GzipPart> parts)
    {
        var length = Header.Length + LastBlock.Length + TrailerLength;
        foreach (var part in parts) length += part.Blocks.Length;

        var stream = new byte[length];
        Header.CopyTo(stream);
        var (at, crc, size) = (Header.Length, 0u, 0u);
        foreach (var part in parts)
        {
            part.Blocks.Span.CopyTo(stream.AsSpan(at));
            at += part.Blocks.Length;
            crc = Times(crc, PowerOfX(part.Length)) ^ part.Crc;
            size += (uint)part.Length;
        }
        LastBlock.CopyTo(stream.AsSpan(at));
        BinaryPrimitives.WriteUInt32LittleEndian(stream.AsSpan(^TrailerLength), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(stream.AsSpan(^(TrailerLength / 2)), size);
        return stream;
    }

    // As zlib's crc32_combine: so many more bytes multiply the check sum, a polynomial over GF(2), by x to the power of their bits.
    static uint PowerOfX(int bytes)
    {
        var power = 1u << 31;
        var square = 1u << 23; // x to the 8th, a byte
        for (; bytes > 0; bytes >>= 1)
        {
            if ((bytes & 1) == 1) power = Times(power, square);
            square = Times(square, square);
        }
        return power;
    }

    static uint Times(uint a, uint b)
    {
        var product = 0u;
        for (; a != 0; a <<= 1)
        {
            if ((a & (1u << 31)) != 0) product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }
        return product;
    }
}
