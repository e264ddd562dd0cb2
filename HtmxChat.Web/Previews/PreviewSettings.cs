using System.Globalization;
using System.Net;
using HtmxChat.Web.Shared;
using IPNetwork = System.Net.IPNetwork;

namespace HtmxChat.Web.Previews;

/// <summary>What the settings say about where this server may look.</summary>
/// <param name="AllowedNetworks">Networks that are not public and may be looked into all the same, for a place inside an intranet.</param>
/// <param name="Ports">The only ports that are asked.</param>
public sealed record PreviewSettings(IReadOnlyList<IPNetwork> AllowedNetworks, IReadOnlyList<int> Ports)
{
    const string NetworksSetting = "Previews:AllowedNetworks";
    const string PortsSetting = "Previews:Ports";

    /// <summary>The public Internet, on the ports of the web.</summary>
    public static PreviewSettings Usual { get; } = new([], [80, 443]);

    /// <exception cref="InvalidOperationException">A setting says something else.</exception>
    public static PreviewSettings Read(IConfiguration configuration) => new(
        Proxies.Read(configuration[NetworksSetting], NetworksSetting),
        configuration[PortsSetting] is { Length: > 0 } ports ? [.. ports.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(ReadPort)] : Usual.Ports);

    /// <summary>Whether this address may be asked.</summary>
    public bool Allows(IPAddress address) => AllowedNetworks.Any(n => n.Contains(address)) || PublicAddress.Is(address);

    /// <summary>Whether this may be an address of a page: the web, a usual port, and nobody's name and password in it.</summary>
    public bool Allows(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo: "", Host.Length: > 0 } && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && Ports.Contains(address.Port);

    static int ReadPort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
        ? port : throw new InvalidOperationException($"The setting {PortsSetting} says '{text}', which is no port.");
}
