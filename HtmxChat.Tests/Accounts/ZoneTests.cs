using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class ZoneTests
{
    static readonly DateTimeOffset Evening = new(2026, 12, 31, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Europe/Berlin", "1 January 2027, 00:30", "00:30")]
    [InlineData("America/New_York", "31 December 2026, 18:30", "18:30")]
    [InlineData("", "31 December 2026, 23:30 UTC", "23:30 UTC")]
    [InlineData("Nowhere/At_All", "31 December 2026, 23:30 UTC", "23:30 UTC")]
    [InlineData("../../etc/passwd", "31 December 2026, 23:30 UTC", "23:30 UTC")]
    public void Times_are_shown_by_the_clock_of_the_zone(string name, string shown, string time)
    {
        var zone = Zone.Of(name);

        Assert.Equal((shown, time), (zone.Show(Evening), zone.ShowTime(Evening)));
    }

    [Theory]
    [InlineData("Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("EST5EDT", "")]
    [InlineData("Etc/GMT+5", "")]
    [InlineData("Pacific Standard Time", "")]
    [InlineData(null, "")]
    public void Nobody_can_choose_one_that_is_not_offered(string? name, string chosen) => Assert.Equal(chosen, Zone.Chosen(name).Name);

    [Fact]
    public void Every_zone_that_can_be_chosen_is_one()
    {
        Assert.Contains("Asia/Tokyo", Zone.Names);
        Assert.All(Zone.Names, name => Assert.Equal(name, Zone.Of(name).Name));
    }
}
