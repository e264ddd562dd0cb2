using System.Net;
using System.Net.NetworkInformation;
using HtmxChat.Web.Previews;

namespace HtmxChat.Tests.Previews;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")] // unspecified
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")] // private
    [InlineData("10.255.255.255")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")] // shared
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")] // loopback
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")] // what clouds say about their machines
    [InlineData("192.0.0.8")] // protocols
    [InlineData("192.0.2.1")] // documentation
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("192.88.99.1")] // relays of 6to4
    [InlineData("198.18.0.1")] // benchmarks
    [InlineData("198.19.255.255")]
    [InlineData("224.0.0.1")] // multicast
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")] // reserved
    [InlineData("255.255.255.255")] // broadcast
    [InlineData("::")] // unspecified
    [InlineData("::1")] // loopback
    [InlineData("::8.8.8.8")] // IPv4-compatible
    [InlineData("::ffff:8.8.8.8")] // IPv4-mapped
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:0:10.0.0.1")] // IPv4-translated
    [InlineData("64:ff9b::7f00:1")] // NAT64
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("100::1")] // discarded
    [InlineData("2001::1")] // Teredo
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:2::1")] // benchmarks
    [InlineData("2001:10::1")] // identifiers
    [InlineData("2001:db8::1")] // documentation
    [InlineData("3fff::1")]
    [InlineData("2002:7f00:1::")] // 6to4
    [InlineData("5f00::1")] // segments
    [InlineData("fc00::1")] // unique local
    [InlineData("fd12:3456:789a::1")]
    [InlineData("fe80::1")] // link-local
    [InlineData("fec0::1")] // site-local
    [InlineData("ff02::1")] // multicast
    public void What_is_not_of_the_public_Internet_is_refused(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void What_is_of_it_is_not(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public void No_address_of_this_machine_is_asked()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).ToList();
        Assert.NotEmpty(own);

        Assert.All(own, address => Assert.False(PublicAddress.Is(address)));
    }

    [Theory]
    [InlineData("http://example.org/", true)]
    [InlineData("https://example.org/a?b=c#d", true)]
    [InlineData("http://example.org:443/", true)]
    [InlineData("http://example.org:8080/", false)]
    [InlineData("https://example.org:22/", false)]
    [InlineData("http://bob:secret@example.org/", false)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("gopher://example.org:80/", false)]
    public void Only_addresses_of_the_web_are_asked(string address, bool isAllowed) => Assert.Equal(isAllowed, PreviewSettings.Usual.Allows(new Uri(address)));
}
