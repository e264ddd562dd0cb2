using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HtmxChat.Tests;

/// <summary>A certificate that nobody but these tests trusts.</summary>
static class TestCertificate
{
    public const string Subject = "CN=HtmxChat tests";

    const string Password = "tests";

    static readonly Lazy<string> File = new(Make);

    /// <summary>The settings that have a site speak TLS with it, and http on another port.</summary>
    public static (string Key, string Value)[] Settings =>
    [
        ("urls", "https://127.0.0.1:0;http://127.0.0.1:0"),
        ("Kestrel:Certificates:Default:Path", File.Value),
        ("Kestrel:Certificates:Default:Password", Password),
    ];

    static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(AppContext.BaseDirectory, $"tests-{Environment.ProcessId}.pfx");
        System.IO.File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, Password));
        return file;
    }
}
