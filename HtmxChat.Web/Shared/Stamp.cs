using System.Globalization;

namespace HtmxChat.Web.Shared;

/// <summary>A short word for many values: the same on every node and at every start for the same ones. Not against forgery.</summary>
/// <remarks>FNV-1a over 16 bits at a time (RFC 9923, section 4); what it sums up is rendered on every page, so it has to cost next to nothing.</remarks>
public struct Stamp()
{
    const ulong Prime = 1099511628211;

    ulong hash = 14695981039346656037;

    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var letter in text) hash = (hash ^ letter) * Prime;
        Add(text.Length);
    }

    public void Add(long number) => hash = (hash ^ (ulong)number) * Prime;

    public override readonly string ToString() => hash.ToString("x", CultureInfo.InvariantCulture);
}
