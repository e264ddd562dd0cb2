using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;

namespace HtmxChat.Web.Shared;

/// <summary>Whom a limit counts: the person, else the network that the request comes from.</summary>
public readonly record struct Caller
{
    readonly Kind kind;
    readonly long value;

    Caller(Kind kind, long value) => (this.kind, this.value) = (kind, value);

    enum Kind
    {
        Nobody,
        Person,
        Address,
        Network,
    }

    public static Caller Of(HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } person
            ? new(Kind.Person, long.Parse(person, CultureInfo.InvariantCulture))
            : Of(http.Connection.RemoteIpAddress);

    /// <summary>One address of IPv4; of IPv6 all of a /64, which is what one household or one rented server has.</summary>
    /// <param name="address">Null where there is none, as behind a Unix socket.</param>
    public static Caller Of(IPAddress? address)
    {
        if (address is null) return default;

        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new(Kind.Address, BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new(Kind.Network, BinaryPrimitives.ReadInt64BigEndian(bytes));
    }
}
