using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>A program with a home directory of its own. Disposing ends it and its descendants and removes the home.</summary>
sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>A browser starts in a second or two; on a loaded machine, the first time, it may take many.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ConcurrentQueue<string> output = new();
    Process? process;

    public string Home { get; } = Directory.CreateTempSubdirectory("htmxchat-browser-").FullName;

    /// <summary>All that the program has written.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts the program; <paramref name="environment"/> comes on top of this process's own.</summary>
    public void Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = start.Environment["TMPDIR"] = start.Environment["XDG_RUNTIME_DIR"] = Home;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until the program has written a number, the first group of <paramref name="pattern"/>.</summary>
    public async Task<int> SaysAsync(Regex pattern, CancellationToken ct)
    {
        await WaitAsync(_ => Task.FromResult(output.Any(pattern.IsMatch)), ct);
        var line = output.First(pattern.IsMatch);
        return int.Parse(pattern.Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the program answers at an address with what <paramref name="pattern"/> matches.</summary>
    public async Task<string> AnswersAsync(Uri address, Regex pattern, CancellationToken ct)
    {
        using var http = new HttpClient();
        var match = Match.Empty;
        await WaitAsync(
            async c =>
            {
                try
                {
                    match = pattern.Match(await http.GetStringAsync(address, c));
                }
                catch (HttpRequestException)
                {
                    // It does not listen yet.
                }

                return match.Success;
            },
            ct);
        return match.Value;
    }

    public async ValueTask DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        await Wait.UntilAsync(_ => Task.FromResult(IsGone()), Patience, () => $"{Home} stays", CancellationToken.None);
        process?.Dispose();
    }

    Task WaitAsync(Func<CancellationToken, Task<bool>> holds, CancellationToken ct) => Wait.UntilAsync(
        c => process!.HasExited ? throw new InvalidOperationException($"It ended by itself: {Output}") : holds(c),
        Patience,
        () => Output,
        ct);

    void Keep(object sender, DataReceivedEventArgs line) => output.Enqueue(line.Data ?? "");

    /// <summary>Descendants die a moment after the program, and may write into the home until then.</summary>
    bool IsGone()
    {
        try
        {
            Directory.Delete(Home, recursive: true);
        }
        catch (IOException)
        {
            // The next attempt will do.
        }

        return process is null or { HasExited: true } && !Directory.Exists(Home);
    }
}
