using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HtmxChat.E2E;

/// <summary>Ports of the loopback address.</summary>
public static class Ports
{
    static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>One that nobody listens on, and that nobody was given here before: its server may just be away, to come back.</summary>
    /// <remarks>None of those that systems give to clients: while the server is away, whoever tries to reach it could be given its port.</remarks>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(15_000, 30_000);
            if (!Given.TryAdd(port, true)) continue;

            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
