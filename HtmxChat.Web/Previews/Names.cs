using System.Net;
using System.Net.Sockets;

namespace HtmxChat.Web.Previews;

/// <summary>Asks the system for the addresses of names.</summary>
/// <remarks>The system's own call cannot be given up and holds a thread for as long as the name servers are silent: so there are never more than a few.</remarks>
public static class Names
{
    const int AtOnce = 4;

    static readonly SemaphoreSlim Turn = new(AtOnce);

    /// <returns>Empty when there is no such name.</returns>
    public static async Task<IPAddress[]> ResolveAsync(string name, CancellationToken ct)
    {
        await Turn.WaitAsync(ct);
        return await Task.Factory.StartNew(() => Ask(name), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(ct);
    }

    static IPAddress[] Ask(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
        finally
        {
            Turn.Release();
        }
    }
}
