using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HtmxChat.Web.Shared;

/// <summary>What one request may cost.</summary>
public static class ServerLimits
{
    const long MaxBodyBytes = 256 * 1024;

    public static void Set(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
    }
}
