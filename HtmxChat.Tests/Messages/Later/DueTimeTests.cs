using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Later;

namespace HtmxChat.Tests.Messages.Later;

public sealed class DueTimeTests
{
    static readonly Zone Berlin = Zone.Of("Europe/Berlin");

    [Theory]
    [InlineData("20m", "2026-05-06T10:00Z", "2026-05-06T10:20Z")]
    [InlineData("1h", "2026-05-06T10:00Z", "2026-05-06T11:00Z")]
    [InlineData("3h", "2026-05-06T10:00Z", "2026-05-06T13:00Z")]
    [InlineData("tomorrow", "2026-05-06T10:00Z", "2026-05-07T07:00Z")]
    [InlineData("tomorrow", "2026-05-06T22:30Z", "2026-05-08T07:00Z")] // it is the 7th there already
    [InlineData("tomorrow", "2026-10-24T10:00Z", "2026-10-25T08:00Z")] // the clocks are put back in between
    [InlineData("monday", "2026-05-06T10:00Z", "2026-05-11T07:00Z")]
    [InlineData("monday", "2026-05-10T10:00Z", "2026-05-11T07:00Z")] // a Sunday
    [InlineData("monday", "2026-05-11T05:00Z", "2026-05-18T07:00Z")] // a Monday, early
    public void A_choice_is_a_time_by_the_clock_of_whoever_chooses(string choice, string now, string due) =>
        Assert.Equal(At(due), DueTime.Parse(choice, at: null, Berlin, At(now), out _));

    [Theory]
    [InlineData("2026-05-06T14:30", "2026-05-06T12:30Z")]
    [InlineData("2026-05-06T14:30:00", "2026-05-06T12:30Z")]
    [InlineData(" 2026-05-06 14:30 ", "2026-05-06T12:30Z")]
    [InlineData("2027-03-28T01:59", "2027-03-28T00:59Z")]
    [InlineData("2027-03-28T02:30", "2027-03-28T01:00Z")] // there is no such time: the clocks go from 2:00 to 3:00
    [InlineData("2027-03-28T03:00", "2027-03-28T01:00Z")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30Z")] // there are two: the first
    public void A_time_is_by_that_clock_also_where_it_is_put_forward_or_back(string at, string due) =>
        Assert.Equal(At(due), DueTime.Parse("at", at, Berlin, At("2026-05-06T10:00Z"), out _));

    [Theory]
    [InlineData("2026-05-06T12:00", "That time is over: it is 6 May 2026, 12:00 now.")]
    [InlineData("0001-01-01T00:00", "That time is over")]
    [InlineData("2027-05-08T12:00", "That is more than a year ahead.")]
    [InlineData("9999-12-31T23:59", "That is more than a year ahead.")]
    [InlineData("", "Please choose one of these, or give a time such as 2026-05-07T12:00.")]
    [InlineData("tomorrow", "Please choose one of these")]
    [InlineData("2026-02-30T12:00", "Please choose one of these")]
    public void What_is_over_too_far_ahead_or_no_time_is_refused_with_the_reason(string at, string why)
    {
        Assert.Null(DueTime.Parse("at", at, Berlin, At("2026-05-06T10:00Z"), out var refusal));

        Assert.StartsWith(why, refusal!.Words, StringComparison.Ordinal);
    }

    static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
