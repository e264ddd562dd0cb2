using System.Globalization;
using System.Text.RegularExpressions;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>An X display without a screen (Xvfb), for browsers without a headless mode; any number share it.</summary>
public sealed partial class VirtualDisplay : IAsyncDisposable
{
    readonly ChildProcess process = new();

    VirtualDisplay()
    {
    }

    /// <summary>What <c>DISPLAY</c> has to be, as in <c>:0</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Starts a display under a free number.</summary>
    public static async Task<VirtualDisplay> StartAsync(CancellationToken ct)
    {
        var display = new VirtualDisplay();
        try
        {
            display.process.Start("Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x1024x24"]);
            var number = await display.process.SaysAsync(OnlyNumber(), ct);
            display.Name = string.Create(CultureInfo.InvariantCulture, $":{number}");
            return display;
        }
        catch
        {
            await display.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the display.</summary>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    [GeneratedRegex(@"^(\d+)$")]
    private static partial Regex OnlyNumber();
}
