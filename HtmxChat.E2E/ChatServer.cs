using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace HtmxChat.E2E;

/// <summary>The program as a process of its own, on a free port and a data folder of its own. It can be killed and started again.</summary>
public sealed class ChatServer : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    static readonly string Program = Path.GetFullPath(typeof(ChatServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Program").Value!);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("htmxchat-");
    Process? process;

    /// <summary>Chosen once, so that pages find the server again after a restart.</summary>
    public int Port { get; } = FreePort();

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Where the SQLite database is.</summary>
    public string Database => Path.Combine(folder.FullName, "chat.db");

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Program, "--urls", Url, "--Data:Folder", folder.FullName,
            "--Limits:PostBurst", "100000", "--Limits:PostsPerSecond", "100000", "--Limits:PasswordFormsPerMinute", "100000",
        ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(Program),
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        };
        process = Process.Start(start)!;

        using var timeout = new CancellationTokenSource(StartTimeout);
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            said.Add(line);
            if (!line.StartsWith("HtmxChat is ready", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // so that it never waits for a reader of its log
            return;
        }
        throw new InvalidOperationException($"The server ended before it was ready:\n{string.Join('\n', said)}");
    }

    /// <summary>Ends it as kill -9 and a power cut do: nothing is finished.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ends it as an operator does, by SIGTERM.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await KillAsync();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>A port of the loopback address that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
