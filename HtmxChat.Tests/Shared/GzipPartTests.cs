using System.IO.Compression;
using CsCheck;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Shared;

public sealed class GzipPartTests
{
    static readonly Gen<byte[]> Bytes = Gen.Frequency(
        (3, Gen.Byte.Array[0, 5_000]),
        (3, Gen.Int[0, 100_000].Select(length => new byte[length])),
        (3, Gen.Int[0, 3_000].Select(lines => System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>All the same</p>", lines))))),
        (1, Gen.Const(Array.Empty<byte>())));

    [Fact]
    public void Parts_in_any_order_are_one_stream_of_the_same_bytes() => Gen.Select(Bytes.Array[0, 6], Gen.Enum<CompressionLevel>()).Sample((parts, level) =>
        Unpack(GzipPart.Join([.. parts.Select(p => GzipPart.Of(p, level))])).AsSpan().SequenceEqual(parts.SelectMany(p => p).ToArray()), iter: 300);

    [Fact]
    public void The_same_part_may_stand_twice()
    {
        var part = GzipPart.Of("again and again "u8, CompressionLevel.Optimal);

        Assert.Equal("again and again again and again "u8, Unpack(GzipPart.Join(part, part)));
    }

    [Fact]
    public void What_unpacks_them_here_does_check_the_sum_and_the_length()
    {
        var part = GzipPart.Of("something"u8, CompressionLevel.Optimal);

        Assert.Throws<InvalidDataException>(() => Unpack(GzipPart.Join(part with { Crc = part.Crc ^ 1 })));
        Assert.Throws<InvalidDataException>(() => Unpack(GzipPart.Join(part with { Length = part.Length + 1 })));
    }

    static byte[] Unpack(byte[] stream)
    {
        using var gzip = new GZipStream(new MemoryStream(stream), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
