namespace HtmxChat.Tests.Faults;

/// <summary>How often and for how long things are broken: a little in every run, a lot with <c>./test --faults</c>.</summary>
static class FaultLevel
{
    /// <summary>Whether this is the long form.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("HTMXCHAT_FAULTS") == "long";

    public static int Times(int shortForm, int longForm) => IsLong ? longForm : shortForm;

    public static TimeSpan Seconds(int shortForm, int longForm) => TimeSpan.FromSeconds(Times(shortForm, longForm));

    /// <summary>Says what was injected how often, and what broke; and fails when something did, or when the fault was not really there.</summary>
    /// <param name="expected">How often it had to be injected for the run to count.</param>
    public static void Report(string fault, int injected, int expected, IReadOnlyList<string> broken)
    {
        var line = $"{fault}: {broken.Count} of {injected}";
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("HTMXCHAT_FAULT_REPORT") is { Length: > 0 } report) File.AppendAllLines(report, [line]);

        Assert.True(injected >= expected, $"Void: '{fault}' was injected {injected} times, and had to be {expected} times.");
        Assert.True(broken.Count == 0, $"{line}\n{string.Join('\n', broken.Take(20))}");
    }
}
