using System.Diagnostics;
using System.Globalization;
using HtmxChat.E2E;
using HtmxChat.Tests.Faults;

namespace HtmxChat.Tests;

/// <summary>A Redis of the test's own, as a process with a folder and a free port. It can be stopped, frozen, emptied and started again.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("htmxchat-redis-");
    Process? process;

    /// <summary>Chosen once, so that clients find it again after a restart.</summary>
    public int Port { get; } = ChatServer.FreePort();

    public string ConnectionString => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        process?.Dispose();
        if (Environment.IsPrivilegedProcess) await Tool.RunAsync("chown", "nobody", folder.FullName);
        process = Run("redis-server",
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder.FullName, "--save", "", "--appendonly", "no", "--daemonize", "no",
        ]);
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // so that it never waits for a reader of its log
            return;
        }
        throw new InvalidOperationException($"redis-server ended before it was ready: {await process.StandardError.ReadToEndAsync(Ct)}");
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>It holds still; connections stay open, and the system takes new ones in its name.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Has redis-cli say something to it.</summary>
    /// <returns>What it answered.</returns>
    public async Task<string> SayAsync(params string[] command)
    {
        using var cli = Run("redis-cli", ["-p", $"{Port}", .. command]);
        var answer = await cli.StandardOutput.ReadToEndAsync(Ct);
        await cli.WaitForExitAsync(Ct);
        return answer.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await StopAsync();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    Task SignalAsync(string name) => Tool.RunAsync("kill", $"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture));

    // Never as root. setpriv becomes the program that it starts, so that its process is the one to signal.
    static Process Run(string program, IEnumerable<string> arguments)
    {
        string[] asNobody = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : [];
        string[] all = [.. asNobody, program, .. arguments];
        return Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
    }
}
