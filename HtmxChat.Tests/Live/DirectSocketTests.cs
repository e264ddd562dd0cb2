using System.Net;
using System.Net.Sockets;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class DirectSocketTests : IAsyncLifetime
{
    readonly Socket ours = new(SocketType.Stream, ProtocolType.Tcp);
    Socket theirs = null!;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await ours.ConnectAsync(listener.LocalEndpoint, Ct);
        theirs = await listener.AcceptSocketAsync(Ct);
    }

    [Fact]
    public void What_fits_is_sent_at_once()
    {
        var writing = DirectSocket.WriteAsync(ours, new byte[100]);

        Assert.True(writing.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_does_not_fit_is_sent_whole_and_in_order_when_the_other_side_reads()
    {
        var bytes = new byte[16 * 1024 * 1024];
        new Random(1).NextBytes(bytes);

        var writing = DirectSocket.WriteAsync(ours, bytes).AsTask();
        Assert.False(writing.IsCompleted);
        var read = await ReadAsync(bytes.Length);
        await writing.Soon();
        await DirectSocket.WriteAsync(ours, "the next"u8.ToArray());

        Assert.Equal(bytes, read);
        Assert.Equal("the next"u8.ToArray(), await ReadAsync(8));
    }

    [Fact]
    public async Task A_write_that_waits_fails_when_the_connection_breaks()
    {
        var writing = DirectSocket.WriteAsync(ours, new byte[16 * 1024 * 1024]).AsTask();
        Assert.False(writing.IsCompleted);

        theirs.Close(timeout: 0);

        await Assert.ThrowsAsync<IOException>(() => writing.Soon());
        await Assert.ThrowsAsync<IOException>(() => DirectSocket.WriteAsync(ours, new byte[1]).AsTask().Soon());
    }

    [Fact]
    public async Task The_kernel_takes_little_for_a_reader_that_does_not_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked for it.");
        DirectSocket.LimitUnsent(ours);

        var taken = 0;
        var writing = Task.CompletedTask;
        for (; writing.IsCompleted; taken += 4096) writing = DirectSocket.WriteAsync(ours, new byte[4096]).AsTask();

        Assert.InRange(taken, 16 * 1024, 256 * 1024);
        await ReadAsync(taken);
        await writing.Soon();
    }

    [Fact]
    public async Task A_socket_that_we_have_closed_is_broken()
    {
        ours.Dispose();

        await Assert.ThrowsAsync<IOException>(() => DirectSocket.WriteAsync(ours, new byte[1]).AsTask());
    }

    public ValueTask DisposeAsync()
    {
        ours.Dispose();
        theirs.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await new NetworkStream(theirs).ReadExactlyAsync(bytes, Ct);
        return bytes;
    }
}
