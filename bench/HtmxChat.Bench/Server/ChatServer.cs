using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HtmxChat.Bench.Client;
using HtmxChat.Bench.Figures;

namespace HtmxChat.Bench.Server;

/// <summary>The published server as a process of its own, on a core of its own where there is one, listening on loopback.</summary>
public sealed class ChatServer : IAsyncDisposable
{
    static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);

    readonly Process process;

    ChatServer(Process process, IPEndPoint address) => (this.process, Address) = (process, address);

    public IPEndPoint Address { get; }

    /// <summary>From the start of the process to the first answer.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <summary>What it has used so far, user and system.</summary>
    public TimeSpan CpuTime => process.TotalProcessorTime;

    /// <summary>Resident memory.</summary>
    public long MemoryBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="firstPath">What it is asked for until it does.</param>
    /// <param name="settings">In pairs, such as <c>--Caches</c> and <c>off</c>.</param>
    public static async Task<ChatServer> StartAsync(Plan plan, DataFolder data, string firstPath, CancellationToken ct, params string[] settings)
    {
        var address = FreeAddress();
        var since = Stopwatch.GetTimestamp();
        var process = Run(plan.ServerFolder, [
            "--urls", $"http://{address}", "--Data:Folder", data.Path, "--Logging:LogLevel:Default", "Warning",
            "--Limits:Times", "100000", "--Limits:PasswordsWaiting", "100000", .. settings]);
        var server = new ChatServer(process, address);
        try
        {
            await server.WaitForAnswerAsync(firstPath, since, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the published program; whoever calls ends it.</summary>
    public static Process Run(string folder, IEnumerable<string> arguments)
    {
        var program = Path.Combine(folder, "HtmxChat.Web");
        string[] command = [.. Machine.HasCoreForServer ? ["taskset", "-c", "0", program] : new[] { program }, .. arguments, "--contentRoot", folder];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };

        // How this client waits for its sockets is not to change how the server does.
        foreach (var setting in start.Environment.Keys.Where(k => k.StartsWith("DOTNET_SYSTEM_NET_SOCKETS", StringComparison.Ordinal)).ToList()) start.Environment.Remove(setting);

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.Error.Write(line.Data is { } said ? said + '\n' : "");
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Ends it as a power cut would: nothing is finished, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await StopAsync();
        process.Dispose();
    }

    async Task WaitForAnswerAsync(string path, long since, CancellationToken ct)
    {
        while (!await AnswersAsync(Address, path, ct))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(since) > LongestStart) throw new WrongAnswerException("The server does not start.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), ct);
        }
        StartTook = Stopwatch.GetElapsedTime(since);
    }

    async Task StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(LongestStop);
        await ((Task)process.WaitForExitAsync(patience.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited) await KillAsync();
    }

    static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    static async Task<bool> AnswersAsync(IPEndPoint address, string path, CancellationToken ct)
    {
        try
        {
            using var connection = await HttpConnection.OpenAsync(address, ct);
            return (await connection.SendAsync(Requests.Get(address, path, cookies: ""))).Status == 200;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
