using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace HtmxChat.Web.Shared;

/// <summary>Tells whoever starts the program where to go.</summary>
public static class Address
{
    public static void PrintAddressWhenStarted(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses) Console.WriteLine($"HtmxChat is ready: open {address}");
    });
}
