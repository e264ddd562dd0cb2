using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages;

public sealed class PostRateTests
{
    [Fact]
    public void One_person_may_post_so_many_at_once_and_others_are_not_held_up_by_it()
    {
        using var rate = new PostRate(burst: 3, perSecond: 1);
        var (ann, bob) = (new PersonId(1), new PersonId(2));

        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => rate.Refuse(ann)));
        Assert.InRange(rate.Refuse(ann)!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Null(rate.Refuse(bob));
    }

    [Theory]
    [InlineData(0.2, "1 second;")]
    [InlineData(1, "1 second;")]
    [InlineData(1.2, "2 seconds;")]
    public void The_time_to_wait_is_said_in_whole_seconds(double seconds, string words) =>
        Assert.Contains(words, PostWords.TooFast(TimeSpan.FromSeconds(seconds)), StringComparison.Ordinal);
}
