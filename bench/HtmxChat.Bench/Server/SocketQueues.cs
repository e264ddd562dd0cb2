using System.Globalization;

namespace HtmxChat.Bench.Server;

/// <summary>What the kernel holds for connections over loopback, at both ends (proc_pid_net(5), <c>/proc/net/tcp</c>).</summary>
public static class SocketQueues
{
    /// <summary>For each port of a client: the bytes that the server has handed to its socket and the client has not read.</summary>
    public static IReadOnlyDictionary<int, long> Unread(int serverPort)
    {
        var unread = new Dictionary<int, long>();
        foreach (var line in File.ReadLines("/proc/net/tcp").Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (local, remote, queues) = (Port(fields[1]), Port(fields[2]), fields[4].Split(':'));
            if (local == serverPort) Add(remote, queues[0]);
            if (remote == serverPort) Add(local, queues[1]);
        }
        return unread;

        void Add(int client, string hex) => unread[client] = unread.GetValueOrDefault(client) + long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    static int Port(string address) => int.Parse(address.AsSpan(address.IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
