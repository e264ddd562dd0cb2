using System.Diagnostics;

namespace HtmxChat.Tests.Servers;

/// <summary>Runs servers as an ordinary user, also where this runs as root: PostgreSQL refuses to run as root, and the others have no need to.</summary>
static class OrdinaryUser
{
    const string Name = "nobody";
    const string Group = "nogroup";

    /// <summary>A new folder that is the user's own.</summary>
    public static async Task<string> NewFolderAsync(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        if (!Environment.IsPrivilegedProcess) return folder;

        using var chown = Process.Start("chown", [$"{Name}:{Group}", folder]);
        await chown.WaitForExitAsync();
        return folder;
    }

    /// <summary>Starts a program. Whoever calls reads what it says, and ends it.</summary>
    public static Process Start(string program, params string[] arguments)
    {
        // It becomes the program that it starts, so that its process is the one to signal.
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Name}", $"--regid={Group}", "--clear-groups", "--"] : [];
        string[] all = [.. asUser, program, .. arguments];
        return Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
    }

    /// <summary>Starts a program and waits for its end.</summary>
    /// <returns>What it said.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await said}{await complained}");
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="name">Without SIG, for example STOP.</param>
    public static async Task SignalAsync(int process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        await kill.WaitForExitAsync();
    }
}
