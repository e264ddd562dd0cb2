using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace HtmxChat.E2E;

/// <summary>What an authenticator app on somebody's phone shows (RFC 6238).</summary>
/// <param name="secret">As the page shows it, in Base32.</param>
public sealed class AuthenticatorApp(string secret)
{
    /// <summary>The code of now.</summary>
    public string Code => At(DateTimeOffset.UtcNow);

    /// <summary>The one after that, which a site takes already.</summary>
    public string NextCode => At(DateTimeOffset.UtcNow.AddSeconds(30));

    string At(DateTimeOffset time)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, time.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What apps have.
        var mac = HMACSHA1.HashData(Key(), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[19] & 15)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    byte[] Key()
    {
        var bits = string.Concat(secret.Where(c => c != ' ').Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
