using System.Net;
using System.Text;

namespace HtmxChat.Bench.Client;

/// <summary>Requests as bytes, made once and sent many times.</summary>
public static class Requests
{
    /// <summary>A page, as a browser asks for it.</summary>
    public static byte[] Get(IPEndPoint site, string path, string cookies) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {site}\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\nCookie: {cookies}\r\n\r\n");

    /// <summary>A form, as htmx sends it.</summary>
    public static byte[] Post(IPEndPoint site, string path, string cookies, string form) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {site}\r\nHX-Request: true\r\nAccept-Encoding: gzip, deflate, br\r\nCookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");

    /// <summary>The handshake of a WebSocket (RFC 6455, section 4.1). The key is the RFC's example: it protects nothing here.</summary>
    public static byte[] Upgrade(IPEndPoint site, string path, string cookies) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {site}\r\nOrigin: http://{site}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {cookies}\r\n\r\n");
}
