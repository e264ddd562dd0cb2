using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace HtmxChat.E2E;

/// <summary>The program as a process of its own, on a free port. It can be killed and started again on the same data.</summary>
public sealed class ChatServer : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    static readonly string Program = Path.GetFullPath(typeof(ChatServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Program").Value!);

    readonly DirectoryInfo? ownFolder;
    readonly string folder;
    readonly string[] settings;
    ConcurrentQueue<string> log = new();
    TaskCompletionSource hasSaid = NewSignal();
    Process? process;

    /// <summary>With a data folder of its own.</summary>
    /// <param name="settings">More of the program's arguments.</param>
    public ChatServer(params string[] settings)
    {
        ownFolder = Directory.CreateTempSubdirectory("htmxchat-");
        (folder, this.settings) = (ownFolder.FullName, settings);
    }

    ChatServer(string folder) => (this.folder, settings) = (folder, []);

    /// <summary>Chosen once, so that pages find the server again after a restart.</summary>
    public int Port { get; } = Ports.Free();

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Where the SQLite database is.</summary>
    public string Database => Path.Combine(folder, "chat.db");

    /// <summary>Of the running process.</summary>
    public int ProcessId => process!.Id;

    /// <summary>The lines that the running process has written.</summary>
    public IReadOnlyCollection<string> Log => log;

    /// <summary>On a data folder that is there already, and stays.</summary>
    public static ChatServer On(string folder) => new(folder);

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds what it said.</exception>
    public async Task StartAsync()
    {
        process?.Dispose();
        (log, hasSaid) = (new ConcurrentQueue<string>(), NewSignal());
        process = Run(
        [
            "--urls", Url, "--Data:Folder", folder,
            "--Limits:Times", "1000", "--Limits:PasswordsWaiting", "100000", .. settings,
        ]);

        var complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            log.Enqueue(line);
            if (!line.StartsWith("HtmxChat is ready", StringComparison.Ordinal)) continue;
            _ = KeepAsync(process.StandardOutput);
            return;
        }
        await process.WaitForExitAsync(timeout.Token);
        throw new InvalidOperationException($"The server ended with {process.ExitCode} before it was ready:\n{string.Join('\n', log)}{await complaints}");
    }

    /// <summary>Waits until the running process has said something as often as this.</summary>
    public async Task SaysAsync(string words, int times, CancellationToken ct)
    {
        while (true)
        {
            var next = hasSaid.Task;
            if (log.Count(line => line.Contains(words, StringComparison.Ordinal)) >= times) return;
            await next.WaitAsync(ct);
        }
    }

    /// <summary>Runs the program; whoever calls reads what it says, and ends it.</summary>
    public static Process Run(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetDirectoryName(Program),
        Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" },
    })!;

    /// <summary>Ends it as kill -9 does: nothing is finished.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ends it as an operator does, by SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await process!.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <param name="name">Without SIG, for example STOP.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await KillAsync();
        process?.Dispose();
        ownFolder?.Delete(recursive: true);
    }

    // To the end, because the process waits for a reader.
    async Task KeepAsync(StreamReader output)
    {
        var mine = log;
        while (await output.ReadLineAsync() is { } line)
        {
            mine.Enqueue(line);
            Interlocked.Exchange(ref hasSaid, NewSignal()).SetResult();
        }
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
