using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using IPNetwork = System.Net.IPNetwork;

namespace HtmxChat.Web.Previews;

/// <summary>
/// Which addresses belong to the public Internet. Whatever somebody links to, this server never asks anything of what is
/// beside it in its own network, of itself, or of what only looks public.
/// </summary>
/// <remarks>By the special-purpose registries of IANA (RFC 6890): the IPv4 one, and of IPv6 all but global unicast.</remarks>
public static class PublicAddress
{
    static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", // unspecified, this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // shared by the customers of a provider
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and the services of clouds about their machines
            "192.0.0.0/24", "192.88.99.0/24", // protocols, relays of 6to4
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
            "198.18.0.0/15", // benchmarks
            "224.0.0.0/4", "240.0.0.0/4", // multicast, reserved, broadcast
            "2001::/23", // protocols, among them Teredo and benchmarks
            "2001:db8::/32", "3fff::/20", // documentation
            "2002::/16", // 6to4, in which any IPv4 address can hide
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether it is one of the public Internet and not one of this machine's own.</summary>
    public static bool Is(IPAddress address) => IsPublic(address) && !IsOwn(address);

    static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Special.Any(n => n.Contains(address)),

        // Mapped and translated IPv4 addresses, unique local ones and all the rest are not global unicast.
        AddressFamily.InterNetworkV6 => IsGlobalUnicast(address) && !Special.Any(n => n.Contains(address)),
        _ => false,
    };

    // 2000::/3, by its bits: to IPNetwork an IPv4 address that is mapped into IPv6 is one of IPv4.
    static bool IsGlobalUnicast(IPAddress address) => address.GetAddressBytes()[0] >> 5 == 0b001;

    static bool IsOwn(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses).Any(own => own.Address.Equals(address));
}
