using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace HtmxChat.Web.Shared;

/// <summary>
/// Takes a request's address and scheme from <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> where they come from a proxy
/// that the setting <c>Proxies</c> names. Nobody else is believed, and nobody at all about the host.
/// </summary>
public static class Proxies
{
    const string Setting = "Proxies";

    public static IServiceCollection AddProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var proxies = Read(configuration[Setting]);

        // After everybody else: ASPNETCORE_FORWARDEDHEADERS_ENABLED=true would have all the world believed.
        return services.PostConfigure<ForwardedHeadersOptions>(o => Set(o, proxies));
    }

    /// <summary>Addresses and networks, separated by commas or spaces: <c>127.0.0.1, ::1, 10.0.0.0/8</c>.</summary>
    /// <param name="name">Of the setting.</param>
    /// <exception cref="InvalidOperationException">Something else stands there.</exception>
    public static IReadOnlyList<IPNetwork> Read(string? setting, string name = Setting) =>
        [.. (setting ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(text => ReadOne(text, name))];

    static IPNetwork ReadOne(string text, string name)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new InvalidOperationException($"The setting {name} says '{text}', which is neither an address nor a network such as 10.0.0.0/8.");
    }

    static void Set(ForwardedHeadersOptions options, IReadOnlyList<IPNetwork> proxies)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);

        // With nobody known ASP.NET Core believes everybody.
        options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null; // through one proxy after the other, for as long as each of them is named
    }
}
