using System.Net;
using System.Net.Sockets;

namespace HtmxChat.Bench.Client;

/// <summary>Many readers of the first room, some of whom can be made to read nothing, and one more who speaks.</summary>
public sealed class Audience : IDisposable
{
    // On loopback a segment has 64 KB, and the server's kernel would take megabytes for a stuck reader before the server
    // noticed. With the segments of a network it is less, and the reader's own kernel takes no more than this.
    const int ReceiveBuffer = 32 * 1024;
    const int SegmentBytes = 1400;
    const int IpProtoTcp = 6;
    const int TcpMaxSeg = 2;

    readonly CancellationTokenSource ending = new();
    readonly IReadOnlyList<IPEndPoint> nodes;
    readonly Talk talk;
    readonly SignedInPerson person;
    Listener speaker = null!;
    Task speaking = null!;

    Audience(IReadOnlyList<IPEndPoint> nodes, Talk talk, SignedInPerson person) => (this.nodes, this.talk, this.person) = (nodes, talk, person);

    /// <summary>Those who always read.</summary>
    public IReadOnlyList<Listener> Reading { get; private set; } = [];

    /// <summary>Those who can be stuck.</summary>
    public IReadOnlyList<Listener> Sticking { get; private set; } = [];

    /// <summary>The number of the message that was sent last.</summary>
    public int Newest => talk.Newest;

    /// <summary>Opens the connections of those who always read, and begins to speak.</summary>
    /// <param name="nodes">The speaker is on the first, the readers on all in turn.</param>
    public static async Task<Audience> OpenAsync(IReadOnlyList<IPEndPoint> nodes, int reading, string words, TimeSpan every, CancellationToken ct)
    {
        var audience = new Audience(nodes, new Talk(words), await SignedInPerson.SignInAsync(nodes[0], 1, ct));
        audience.speaker = (await audience.ListenAsync(1, LiveSocket.NewSocket, ct))[0];
        audience.Reading = await audience.ListenAsync(reading, LiveSocket.NewSocket, ct);
        audience.speaking = Task.Run(() => audience.talk.RunAsync(audience.speaker.Socket, every, audience.ending.Token), ct);
        return audience;
    }

    /// <summary>Puts new ones in the place of those who can be stuck: the kernel gives a connection more room for what it has sent before.</summary>
    public async Task ReplaceStickingAsync(int count, CancellationToken ct)
    {
        foreach (var listener in Sticking) listener.Dispose();
        Sticking = await ListenAsync(count, NetworkSocket, ct);
    }

    /// <summary>From now on those who can be stuck read nothing.</summary>
    public void Stick()
    {
        foreach (var listener in Reading.Concat(Sticking)) listener.Mark();
        foreach (var listener in Sticking) listener.Pause();
    }

    /// <summary>Waits, and throws as soon as somebody hears something wrong.</summary>
    public async Task WaitAsync(Task until)
    {
        List<Task> ends = [until, speaking, speaker.Running, .. Reading.Concat(Sticking).Select(l => l.Running)];
        await await Task.WhenAny(ends);
    }

    public void Dispose()
    {
        ending.Cancel();
        foreach (var listener in Reading.Concat(Sticking).Append(speaker)) listener.Dispose();
        person.Dispose();
        ending.Dispose();
    }

    async Task<List<Listener>> ListenAsync(int count, Func<Socket> socket, CancellationToken ct)
    {
        var (position, _) = await person.OpenRoomAsync(1, ct);
        var listeners = new List<Listener>();
        while (listeners.Count < count) listeners.Add(new(await LiveSocket.OpenAsync(socket(), nodes[listeners.Count % nodes.Count], person.Cookies, position, ct), talk));
        return listeners;
    }

    static Socket NetworkSocket()
    {
        var socket = LiveSocket.NewSocket();
        socket.ReceiveBufferSize = ReceiveBuffer;
        socket.SetRawSocketOption(IpProtoTcp, TcpMaxSeg, BitConverter.GetBytes(SegmentBytes));
        return socket;
    }
}
