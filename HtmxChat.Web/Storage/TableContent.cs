using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HtmxChat.Web.Storage;

/// <summary>
/// What a table holds, boiled down to what can be compared. The hash is the sum of the rows' own, so that it does not
/// depend on their order: two databases sort texts in two ways.
/// </summary>
public sealed class TableContent
{
    readonly ArrayBufferWriter<byte> row = new();
    UInt128 sum;

    public long Rows { get; private set; }

    public string Hash => sum.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="values">null, long, int, bool, string, byte[] or DateTimeOffset.</param>
    public void Add(object?[] values)
    {
        row.ResetWrittenCount();
        foreach (var value in values) Append(value);
        sum += BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(row.WrittenSpan));
        Rows++;
    }

    public bool IsSameAs(TableContent other) => Rows == other.Rows && sum == other.sum;

    // Each value says how long it is, so that no two rows read alike.
    void Append(object? value)
    {
        ReadOnlySpan<byte> bytes = value switch
        {
            null => [],
            string text => Encoding.UTF8.GetBytes(text),
            byte[] raw => raw,
            DateTimeOffset at => BitConverter.GetBytes(at.UtcTicks),
            _ => BitConverter.GetBytes(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        };
        BinaryPrimitives.WriteInt32LittleEndian(row.GetSpan(sizeof(int)), value is null ? -1 : bytes.Length);
        row.Advance(sizeof(int));
        row.Write(bytes);
    }
}
