using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages;

public sealed class PlacementsTests
{
    static readonly PersonId Ann = new(1);
    static readonly PersonId Bob = new(2);

    [Fact]
    public void The_first_message_of_a_room_opens_its_day() =>
        Assert.Equal(Placement.OpensDay, Placements.After(previous: null, Ann, At("12:00:00")));

    [Theory]
    [InlineData("12:00:00", "12:00:00", Placement.Continues)]
    [InlineData("12:00:00", "12:05:00", Placement.Continues)]
    [InlineData("12:00:00", "12:05:01", Placement.OpensGroup)]
    [InlineData("23:59:00", "23:59:59", Placement.Continues)]
    public void Messages_of_one_author_within_five_minutes_are_a_group(string before, string now, Placement expected) =>
        Assert.Equal(expected, Placements.After((Ann, At(before)), Ann, At(now)));

    [Fact]
    public void Another_author_opens_a_group() =>
        Assert.Equal(Placement.OpensGroup, Placements.After((Ann, At("12:00:00")), Bob, At("12:00:01")));

    [Fact]
    public void A_new_day_in_UTC_is_opened_even_within_a_group()
    {
        var (evening, night) = (At("23:59:59"), At("23:59:59") + TimeSpan.FromSeconds(2));

        Assert.Equal(Placement.OpensDay, Placements.After((Ann, evening), Ann, night));
        Assert.Equal(Placement.OpensDay, Placements.After((Ann, evening.ToOffset(TimeSpan.FromHours(2))), Ann, night.ToOffset(TimeSpan.FromHours(-5))));
    }

    static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-05-04T{time}Z", System.Globalization.CultureInfo.InvariantCulture);
}
