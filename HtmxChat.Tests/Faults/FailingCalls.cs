using System.Diagnostics;
using System.Globalization;
using HtmxChat.E2E;

namespace HtmxChat.Tests.Faults;

/// <summary>Makes the system calls of a running process on some files fail, by strace(1), until it is disposed.</summary>
sealed class FailingCalls : IAsyncDisposable
{
    readonly Process strace;
    readonly string log;

    FailingCalls(Process strace, string log) => (this.strace, this.log) = (strace, log);

    /// <summary>How many calls have failed. Known once it is disposed.</summary>
    public int Injected { get; private set; }

    /// <param name="calls">For example <c>fsync,fdatasync</c>.</param>
    /// <param name="error">For example <c>EIO</c>.</param>
    /// <exception cref="InvalidOperationException">strace is missing, or not allowed here.</exception>
    public static async Task<FailingCalls> AttachAsync(ChatServer server, string calls, string error)
    {
        var log = Path.GetTempFileName();
        var strace = Tool.Start(
            "strace", "-f", "-p", server.ProcessId.ToString(CultureInfo.InvariantCulture), "-o", log,
            "-P", server.Database, "-P", server.Database + "-wal", "-e", $"trace={calls}", "-e", $"inject={calls}:error={error}");
        var said = await strace.StandardError.ReadLineAsync(Ct);
        if (said?.Contains("attached", StringComparison.Ordinal) == true)
        {
            _ = strace.StandardError.ReadToEndAsync(CancellationToken.None); // so that it never waits for a reader
            return new FailingCalls(strace, log);
        }

        strace.Dispose();
        throw new InvalidOperationException($"strace says: {said}");
    }

    public async ValueTask DisposeAsync()
    {
        using (var interrupt = Process.Start("kill", ["-INT", strace.Id.ToString(CultureInfo.InvariantCulture)])) await interrupt.WaitForExitAsync(Ct);
        await strace.WaitForExitAsync(Ct);
        strace.Dispose();
        Injected = File.ReadLines(log).Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal));
        File.Delete(log);
    }
}
