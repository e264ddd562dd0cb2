using System.Collections.Immutable;

namespace HtmxChat.Web.Previews;

/// <summary>
/// The names by which people come to this site, as their own requests have them. What is behind a link to this site itself is
/// never looked up: its permalinks are for those who may read them.
/// </summary>
public sealed class OwnAddresses
{
    // A site has one or two; whoever makes up more only forgets the oldest.
    const int Most = 32;

    ImmutableList<string> hosts = [];

    /// <summary>Notes where somebody who is signed in has come to.</summary>
    public void Note(HostString host)
    {
        if (!host.HasValue || hosts.Contains(host.Value, StringComparer.OrdinalIgnoreCase)) return;

        ImmutableInterlocked.Update(ref hosts, (known, added) => (known.Count < Most ? known : known.RemoveAt(0)).Add(added), host.Value);
    }

    /// <summary>Whether a link leads to this site.</summary>
    public bool Has(Uri link) => hosts.Contains(link.IsDefaultPort ? link.Host : $"{link.Host}:{link.Port}", StringComparer.OrdinalIgnoreCase);
}
