using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// The six digits that an authenticator app shows for half a minute: TOTP with HMAC-SHA-1 (RFC 6238), as all apps have it.
/// </summary>
/// <remarks>
/// Identity's own provider does not say which step a code belongs to, and so would take it twice; it also takes those of
/// five steps, and asks the computer's clock.
/// </remarks>
public static class AuthenticatorCode
{
    /// <summary>In digits.</summary>
    public const int Length = 6;

    /// <summary>How long a code is shown.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    const int Modulus = 1_000_000;

    /// <summary>160 bits, as RFC 4226 recommends (section 4, R6), at five a letter.</summary>
    const int SecretLetters = 32;

    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A secret for an app, in Base32 (RFC 4648, section 6) because people may have to type it.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(Base32, SecretLetters);

    /// <summary>The step of a code that is good now. One step before and one after are taken as well: clocks differ, and people type slowly (RFC 6238, section 5.2).</summary>
    /// <returns>Null when it is not.</returns>
    public static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        var (key, typed, current) = (Decode(secret), Encoding.UTF8.GetBytes(code), StepAt(now));
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(At(key, step)), typed)) found = step;
        }
        return found;
    }

    /// <summary>What an app that has the secret shows at a time.</summary>
    public static string At(string secret, DateTimeOffset time) => At(Decode(secret), StepAt(time));

    // RFC 4226, section 5.3.
    static string At(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What apps have; its weakness against collisions does not matter here (RFC 6238, section 1.2, and RFC 4226, appendix B.2).
        var mac = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0xF)) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    static byte[] Decode(string base32)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in base32)
        {
            bits = (bits << 5 | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF;
            count += 5;
            if (count < 8) continue;

            count -= 8;
            bytes.Add((byte)(bits >> count));
        }
        return [.. bytes];
    }
}
