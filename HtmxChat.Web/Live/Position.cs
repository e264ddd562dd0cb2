using System.Globalization;

namespace HtmxChat.Web.Live;

/// <summary>How far a reader has seen a room's log. Written as <c>epoch.seq</c>, for example <c>k3v9q2ma.57</c>.</summary>
/// <param name="Epoch">The life of the database that gave the number; restoring a backup starts a new one, so old numbers are not believed.</param>
/// <param name="Seq">The last event seen; 0 before the first.</param>
public sealed record Position(string Epoch, long Seq)
{
    /// <summary>Reads what a page or a header says.</summary>
    /// <returns>Null for anything that is no position. A reader without one is given the whole list anew.</returns>
    public static Position? Parse(string? text)
    {
        if (text is null || text.Length > 64) return null;

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return null;

        return new Position(text[..dot], seq);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Seq}");
}
