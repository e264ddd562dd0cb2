namespace HtmxChat.Bench.Figures;

/// <summary>The middle of several runs.</summary>
public static class Median
{
    /// <summary>The middle value, or the mean of the middle two.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>All runs in their order, to stand beside the median.</summary>
    public static string Runs(IEnumerable<double> values) => string.Join(" / ", values.Select(Figure.Number));
}
