using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections.Features;

namespace HtmxChat.Web.Live;

/// <summary>
/// Writes to a TCP socket without Kestrel's pipe in between: no copy, no lock, no state of its own while it is idle.
/// Only for a connection that has been taken over from HTTP, see <see cref="ConnectionTakeover"/>.
/// </summary>
public static class DirectSocket
{
    const int Tcp = 6;
    const int UserTimeout = 18;
    const int NotSentLowWater = 25;
    const int MaxUnsentBytes = 16 * 1024;

    /// <summary>So long the other side may leave what was sent to it unconfirmed.</summary>
    public static readonly TimeSpan MaxUnconfirmed = TimeSpan.FromSeconds(40);

    [ThreadStatic]
    static Send? spare;

    /// <summary>
    /// Has the kernel keep no more than 16 KB that it cannot send yet (Linux: TCP_NOTSENT_LOWAT, tcp(7)). Otherwise it
    /// takes up to 4 MB for a reader that does not read, who then has to go through all of it to see the newest.
    /// </summary>
    public static void LimitUnsent(Socket socket)
    {
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(Tcp, NotSentLowWater, BitConverter.GetBytes(MaxUnsentBytes));
    }

    /// <summary>
    /// Has the kernel break the connection of a request when what was sent on it stays unconfirmed for
    /// <see cref="MaxUnconfirmed"/> (Linux: TCP_USER_TIMEOUT, tcp(7)), where it would try for 15 minutes. Heartbeats are so
    /// few bytes that writing them never fails, so nothing else notices a computer that has gone to sleep.
    /// </summary>
    public static void LimitUnconfirmed(HttpContext http)
    {
        if (!OperatingSystem.IsLinux() || http.Features.Get<IConnectionSocketFeature>() is not { Socket: var socket }) return;

        try
        {
            socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes((int)MaxUnconfirmed.TotalMilliseconds));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone already, as whoever writes will find.
        }
    }

    /// <summary>Sends all bytes. Mostly that is done at once; otherwise when the other side has read enough.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    public static ValueTask WriteAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        var send = spare ?? new Send();
        spare = null;
        send.SetBuffer(MemoryMarshal.AsMemory(bytes));
        if (Start(socket, send)) return send.CompleteLaterAsync();

        var error = send.SocketError;
        send.SetBuffer(default);
        spare = send;
        return error == SocketError.Success ? ValueTask.CompletedTask : ValueTask.FromException(Broken(error));
    }

    static bool Start(Socket socket, Send send)
    {
        try
        {
            return socket.SendAsync(send);
        }
        catch (ObjectDisposedException)
        {
            send.SocketError = SocketError.ConnectionAborted;
            return false;
        }
    }

    static IOException Broken(SocketError error) => new("The connection is broken.", new SocketException((int)error));

    /// <summary>One send under way. Those that are done at once, nearly all, share one object a thread.</summary>
    sealed class Send() : SocketAsyncEventArgs(true), IValueTaskSource
    {
        ManualResetValueTaskSourceCore<bool> completion;

        public ValueTask CompleteLaterAsync() => new(this, completion.Version);

        protected override void OnCompleted(SocketAsyncEventArgs e)
        {
            var error = SocketError;
            Dispose();
            if (error == SocketError.Success) completion.SetResult(true);
            else completion.SetException(Broken(error));
        }

        void IValueTaskSource.GetResult(short token) => completion.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => completion.GetStatus(token);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            completion.OnCompleted(continuation, state, token, flags);
    }
}
