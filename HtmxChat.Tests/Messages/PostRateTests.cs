using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Messages;

public sealed class PostRateTests
{
    [Fact]
    public void One_person_may_post_so_many_at_once_and_others_are_not_held_up_by_it()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Limits:PostBurst", "3"), new("Limits:PostsPerSecond", "2")]).Build();
        var time = new FakeTimeProvider();
        var rate = new PostRate(new Limits(settings, time), time);
        var (ann, bob) = (new PersonId(1), new PersonId(2));

        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => rate.Refuse(ann)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), rate.Refuse(ann));
        Assert.Null(rate.Refuse(bob));

        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(rate.Refuse(ann));
        Assert.NotNull(rate.Refuse(ann));
    }

    [Theory]
    [InlineData(0.2, "1 second;")]
    [InlineData(1, "1 second;")]
    [InlineData(1.2, "2 seconds;")]
    public void The_time_to_wait_is_said_in_whole_seconds(double seconds, string words) =>
        Assert.Contains(words, PostWords.TooFast(TimeSpan.FromSeconds(seconds)), StringComparison.Ordinal);
}
