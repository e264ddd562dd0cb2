using System.Diagnostics;
using System.Globalization;
using HtmxChat.E2E;

namespace HtmxChat.Tests.Servers;

/// <summary>A Redis of its own, as a process with a folder and a free port. It can be stopped, frozen, emptied and started again.</summary>
public sealed partial class RedisServer : IAsyncDisposable
{
    string folder = "";
    Process? process;

    /// <summary>Chosen once, so that clients find it again after a restart.</summary>
    public int Port { get; } = Ports.Free();

    public string ConnectionString => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        process?.Dispose();
        if (folder.Length == 0) folder = await OrdinaryUser.NewFolderAsync("htmxchat-redis-");
        process = OrdinaryUser.Start("redis-server", "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no", "--daemonize", "no");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // so that it never waits for a reader of its log
            return;
        }
        throw new InvalidOperationException($"redis-server ended before it was ready: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>It holds still; connections stay open, and the system takes new ones in its name.</summary>
    public Task FreezeAsync() => OrdinaryUser.SignalAsync(process!.Id, "STOP");

    public Task ThawAsync() => OrdinaryUser.SignalAsync(process!.Id, "CONT");

    /// <summary>Has redis-cli say something to it.</summary>
    /// <returns>What it answered.</returns>
    public async Task<string> SayAsync(params string[] command) => (await OrdinaryUser.RunAsync("redis-cli", ["-p", $"{Port}", .. command])).Trim();

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await StopAsync();
        process?.Dispose();
        if (folder.Length > 0) Directory.Delete(folder, recursive: true);
    }
}
