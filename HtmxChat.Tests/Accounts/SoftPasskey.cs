using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HtmxChat.Tests.Accounts;

/// <summary>A device that keeps one passkey, and answers as a browser hands it on (Web Authentication, level 3).</summary>
public sealed class SoftPasskey : IDisposable
{
    const byte UserIsThere = 0x01, UserIsVerified = 0x04, HasKey = 0x40;

    static readonly string[] Transports = ["internal"];

    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] id = RandomNumberGenerator.GetBytes(16);
    uint uses;
    string? owner;

    /// <summary>Whether its person unlocks it, and does not only touch it.</summary>
    public bool Unlocks { get; init; } = true;

    /// <summary>How often it says that it was used; set back, it is a copy.</summary>
    public uint Uses { set => uses = value; }

    string Id => Base64Url.EncodeToString(id);

    /// <summary>The answer to <c>navigator.credentials.create</c>.</summary>
    public string Make(JsonElement options, string origin)
    {
        owner = options.GetProperty("user").GetProperty("id").GetString();
        var point = key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!]; // RFC 9053, section 7.1
        var proof = Proof(options.GetProperty("rp").GetProperty("id").GetString()!, [.. new byte[16], 0, (byte)id.Length, .. id, .. cose]);
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58, (byte)proof.Length, .. proof];
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(ClientData("webauthn.create", options, origin)),
            attestationObject = Base64Url.EncodeToString(attestation),
            transports = Transports,
        });
    }

    /// <summary>The answer to <c>navigator.credentials.get</c>.</summary>
    public string Use(JsonElement options, string origin)
    {
        var (client, proof) = (ClientData("webauthn.get", options, origin), Proof(options.GetProperty("rpId").GetString()!, []));
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(proof),
            signature = Base64Url.EncodeToString(key.SignData([.. proof, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = owner,
        });
    }

    public void Dispose() => key.Dispose();

    byte[] Proof(string host, byte[] madeKey)
    {
        var flags = UserIsThere | (Unlocks ? UserIsVerified : 0) | (madeKey.Length > 0 ? HasKey : 0);
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++uses);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(host)), (byte)flags, .. count, .. madeKey];
    }

    static byte[] ClientData(string type, JsonElement options, string origin) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = options.GetProperty("challenge").GetString(), origin, crossOrigin = false });

    // CBOR (RFC 8949), short texts.
    static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    string Answer(object response) => JsonSerializer.Serialize(new { id = Id, rawId = Id, type = "public-key", clientExtensionResults = new { }, response });
}
