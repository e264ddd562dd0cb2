using System.Globalization;
using System.Runtime.InteropServices;

namespace HtmxChat.Bench.Figures;

/// <summary>What the figures were taken on; they mean nothing beside those of another.</summary>
public static class Machine
{
    // Not Environment.ProcessorCount: that is what this process may use; it may have been bound to one core.
    static readonly int Cores = File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal));

    /// <summary>Whether the server can have a core to itself.</summary>
    public static bool HasCoreForServer => Cores > 1 && File.Exists("/usr/bin/taskset");

    /// <summary>The machine in a line or two of Markdown.</summary>
    public static string Describe() => string.Create(CultureInfo.InvariantCulture, $"""
        {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC. {Model()}, {Cores} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024.0):0.#} GiB;
        {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}.
        {(HasCoreForServer ? "The server has core 0, the client core 1." : "**Server and client share their cores: expect half of what two would give.**")}
        """);

    static string Model() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? RuntimeInformation.ProcessArchitecture.ToString();
}
