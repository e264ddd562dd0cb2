using System.Net;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Safety;

public sealed class PacesTests
{
    readonly FakeTimeProvider time = new();

    [Fact]
    public void A_burst_is_taken_at_once_and_then_one_in_each_interval()
    {
        var paces = new Paces<int>(Pace.PerMinute(6), time);
        Assert.All(Enumerable.Range(0, 6), _ => Assert.Null(paces.Refuse(1)));
        Assert.Equal(TimeSpan.FromSeconds(10), paces.Refuse(1));
        Assert.Null(paces.Refuse(2));

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(1), paces.Refuse(1));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(paces.Refuse(1));
        Assert.NotNull(paces.Refuse(1));
    }

    [Fact]
    public void What_was_refused_does_not_count()
    {
        var paces = new Paces<int>(Pace.PerMinute(1), time);
        paces.Refuse(1);
        for (var i = 0; i < 100; i++) Assert.NotNull(paces.Refuse(1));

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(paces.Refuse(1));
    }

    [Fact]
    public void Whoever_rested_for_long_has_a_burst_again_and_no_more()
    {
        var paces = new Paces<int>(Pace.PerSecond(burst: 3, times: 1), time);
        for (var i = 0; i < 4; i++) paces.Refuse(1);

        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => paces.Refuse(1) is null));
    }

    [Fact]
    public void However_many_come_no_more_are_remembered_than_there_is_room_for()
    {
        var paces = new Paces<int>(Pace.PerMinute(1), time);
        var most = 0;

        for (var i = 0; i < 20 * Paces<int>.MaxKept; i++)
        {
            paces.Refuse(i);
            most = Math.Max(most, paces.Kept);
        }

        Assert.Equal(Paces<int>.MaxKept, most);
        Assert.Null(paces.Refuse(-1));
        Assert.NotNull(paces.Refuse(-1));
    }

    [Fact]
    public void Room_is_made_by_forgetting_those_who_rest()
    {
        var paces = new Paces<int>(Pace.PerMinute(1), time);
        for (var i = 0; i < Paces<int>.MaxKept - 1; i++) paces.Refuse(i);
        time.Advance(TimeSpan.FromMinutes(2));
        paces.Refuse(-1);

        paces.Refuse(-2);

        Assert.NotNull(paces.Refuse(-1));
        Assert.Null(paces.Refuse(0));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::", "0.0.0.0", false)]
    public void An_address_counts_by_itself_and_a_network_of_IPv6_as_one(string one, string other, bool areOne) =>
        Assert.Equal(areOne, Caller.Of(IPAddress.Parse(one)) == Caller.Of(IPAddress.Parse(other)));
}
