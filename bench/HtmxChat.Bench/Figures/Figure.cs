using System.Globalization;

namespace HtmxChat.Bench.Figures;

/// <summary>One row of a table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Must">Its limit; empty when it has none.</param>
/// <param name="Holds">Whether it keeps the limit; null when there is none.</param>
/// <param name="Note">The runs behind it, and what else helps to judge it.</param>
public sealed record Figure(string What, string Value, string Must, bool? Holds, string Note)
{
    /// <summary>A figure without a limit.</summary>
    public static Figure Of(string what, double value, string unit, string note = "") => new(what, Text(value, unit), "", null, note);

    /// <summary>A figure that must be a limit or more.</summary>
    public static Figure AtLeast(string what, double value, double limit, string unit, string note = "") =>
        new(what, Text(value, unit), $"at least {Text(limit, unit)}", value >= limit, note);

    /// <summary>A figure that must be a limit or less.</summary>
    public static Figure AtMost(string what, double value, double limit, string unit, string note = "") =>
        new(what, Text(value, unit), $"at most {Text(limit, unit)}", value <= limit, note);

    /// <summary>A number as a person reads it, with three digits that count.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);

    static string Text(double value, string unit) => $"{Number(value)} {unit}".TrimEnd();
}
