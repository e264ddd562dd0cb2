using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HtmxChat.Tests.Accounts;

/// <summary>Another site that people sign in by: a small OpenID provider with discovery, keys, and the code flow with PKCE, which it insists on.</summary>
sealed class IdentityProvider : IAsyncDisposable
{
    const string ClientId = "htmxchat";
    const string ClientSecret = "between the two of us";

    readonly ConcurrentDictionary<string, Dictionary<string, string>> codes = new();
    readonly ConcurrentDictionary<string, Dictionary<string, object>> tokens = new();
    readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    readonly RsaSecurityKey wrongKey = new(RSA.Create(2048)) { KeyId = "one" };
    readonly WebApplication app;

    IdentityProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Issuer,
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            userinfo_endpoint = $"{Issuer}/userinfo",
            jwks_uri = $"{Issuer}/keys",
        }));
        app.MapGet("/keys", () =>
        {
            var open = key.Rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) } } });
        });
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
        app.MapGet("/userinfo", (HttpRequest request) => Results.Json(tokens[request.Headers.Authorization.ToString()["Bearer ".Length..]]));
    }

    public string Issuer => app.Urls.Single();

    /// <summary>The settings of a site whose people may sign in here.</summary>
    public (string Key, string Value)[] Settings => [("SignIn:Authority", Issuer), ("SignIn:ClientId", ClientId), ("SignIn:ClientSecret", ClientSecret), ("SignIn:Name", "Elsewhere")];

    /// <summary>Whether tokens are signed by somebody else's key.</summary>
    public bool IsForged { get; set; }

    /// <summary>Whether tokens answer another question than was asked.</summary>
    public bool HasWrongNonce { get; set; }

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        await provider.app.StartAsync(Ct);
        return provider;
    }

    /// <summary>Somebody signs in here, having been sent by a site, and is sent back to it.</summary>
    /// <param name="request">The address that the site has sent them to.</param>
    /// <returns>The path on the site.</returns>
    public static async Task<string> SignInAsync(string request, params (string Name, object Value)[] person)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var about = string.Join("&", person.Select(c => $"claim_{c.Name}={(c.Value is bool ? "!" : "")}{Uri.EscapeDataString($"{c.Value}")}"));
        using var answer = await http.GetAsync($"{request}&{about}", Ct);
        return answer.Headers.Location is { } back ? back.PathAndQuery : throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    IResult Authorize(HttpRequest request)
    {
        var asked = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        if (asked["client_id"] != ClientId || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256" || asked["code_challenge"].Length != 43 || asked["nonce"].Length < 20)
            return Results.BadRequest("not the code flow with PKCE");

        var code = Guid.NewGuid().ToString("N");
        codes[code] = asked;
        return Results.Redirect($"{asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(asked["state"])}");
    }

    async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(Ct);
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret) return Results.BadRequest(new { error = "invalid_client" });
        if (!codes.TryRemove(form["code"].ToString(), out var asked) || asked["redirect_uri"] != form["redirect_uri"] || asked["code_challenge"] != Challenge(form["code_verifier"].ToString()))
            return Results.BadRequest(new { error = "invalid_grant" });

        var claims = asked.Where(a => a.Key.StartsWith("claim_", StringComparison.Ordinal)).ToDictionary(a => a.Key["claim_".Length..], a => a.Value.StartsWith('!') ? (object)bool.Parse(a.Value[1..]) : a.Value);
        var access = Guid.NewGuid().ToString("N");
        tokens[access] = claims;
        var identity = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = ClientId,
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = claims["sub"], ["nonce"] = HasWrongNonce ? "another" : asked["nonce"] },
            SigningCredentials = new SigningCredentials(IsForged ? wrongKey : key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = access, token_type = "Bearer", id_token = identity, expires_in = 300 });
    }

    static string Challenge(string verifier) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
