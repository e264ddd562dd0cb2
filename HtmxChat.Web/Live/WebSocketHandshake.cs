using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace HtmxChat.Web.Live;

/// <summary>Turns a request into a WebSocket's stream: by Upgrade (RFC 6455, section 4.2) or by extended CONNECT over HTTP/2 (RFC 8441).</summary>
public static class WebSocketHandshake
{
    const string Protocol = "websocket";
    const string Version = "13";

    // RFC 6455, section 1.3.
    const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Whether the request asks for a WebSocket.</summary>
    public static bool IsAskedFor(HttpContext http)
    {
        if (http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect) return connect.Protocol == Protocol;

        return http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && http.Request.Headers.Upgrade.ToString().Equals(Protocol, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Accepts it.</summary>
    /// <returns>The stream of frames; null after a refusal with 400 or 426, when the handshake is not a valid one.</returns>
    public static async Task<Stream?> AcceptAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (request.Headers.SecWebSocketVersion != Version)
        {
            response.StatusCode = StatusCodes.Status426UpgradeRequired;
            response.Headers.SecWebSocketVersion = Version;
            return null;
        }
        if (http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect) return await connect.AcceptAsync();

        var key = request.Headers.SecWebSocketKey.ToString();
        if (!Convert.TryFromBase64String(key, new byte[16], out var length) || length != 16)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
        response.Headers.Connection = HeaderNames.Upgrade;
        response.Headers.Upgrade = Protocol;
        response.Headers.SecWebSocketAccept = Accept(key);
        return await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    /// <summary>The answer to a handshake's key (RFC 6455, section 4.2.2, step 5.4).</summary>
#pragma warning disable CA5350 // SHA-1 is what the protocol asks for; it protects nothing here.
    public static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
#pragma warning restore CA5350
}
