using System.Net;
using System.Net.Sockets;

namespace HtmxChat.Web.Previews;

/// <summary>Opens connections to public addresses and to no others.</summary>
/// <remarks>
/// A name is resolved once and the connection goes to what was checked: a name that is one address when it is checked and another
/// when it is used (DNS rebinding) has nothing to gain.
/// </remarks>
/// <param name="resolve">Finds the addresses of a name.</param>
public sealed class PublicConnections(PreviewSettings settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    // With several addresses, those of the other kind may lead nowhere from here.
    const int MaxAddresses = 4;

    static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(2);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="HttpRequestException">There is no such name, one of its addresses is not public, or none answers.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : await resolve(host, ct);

        // All of them: a name with one address outside and one inside has nothing good in mind.
        if (!settings.Ports.Contains(port) || addresses.Length == 0 || !addresses.All(settings.Allows)) throw new HttpRequestException($"{host} is not public.");

        foreach (var one in addresses.Take(MaxAddresses))
        {
            if (await TryConnectAsync(new IPEndPoint(one, port), ct) is { } stream) return new BoundedStream(stream, LookAtPage.MaxReceivedBytes);
        }
        throw new HttpRequestException($"{host} does not answer.");
    }

    static async Task<NetworkStream?> TryConnectAsync(IPEndPoint end, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ConnectTime);
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(end, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }
}
