using System.Diagnostics;

namespace HtmxChat.Tests.Faults;

/// <summary>Programs of the system that make faults. Where one is missing or not allowed, the test is void and says so.</summary>
static class Tool
{
    /// <exception cref="InvalidOperationException">It is missing or failed; the message says what it said.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var said = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await said}");
    }

    /// <exception cref="InvalidOperationException">It is missing.</exception>
    public static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"{program} cannot be started: {e.Message}", e);
        }
    }
}
