using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Messages.LinkPreviews;

public sealed class WaitingLinksTests
{
    readonly FakeTimeProvider time = new();
    readonly WaitingLinks waiting;

    public WaitingLinksTests() => waiting = new(time);

    [Fact]
    public async Task They_are_taken_oldest_first_and_of_a_host_one_at_a_time_with_a_pause()
    {
        var (one, two, other) = (Link(1, "http://a.example/1"), Link(2, "http://a.example/2"), Link(3, "http://b.example/"));
        foreach (var work in new[] { one, two, other }) Assert.Null(waiting.Add(work));

        Assert.Equal(one, await waiting.TakeAsync(Ct).Soon());
        Assert.Equal(other, await waiting.TakeAsync(Ct).Soon());
        var next = waiting.TakeAsync(Ct);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(next.IsCompleted); // it is being asked still
        waiting.Done(one);
        Assert.False(next.IsCompleted);
        await Until(next, time, WaitingLinks.Pause / 4);
        Assert.Equal(two, await next);
    }

    [Fact]
    public async Task Whoever_waits_gets_what_comes()
    {
        var next = waiting.TakeAsync(Ct);
        Assert.False(next.IsCompleted);

        waiting.Add(Link(1, "http://a.example/"));

        Assert.Equal(1, (await next.Soon()).Seq);
    }

    [Fact]
    public async Task A_message_waits_once_with_its_newest_link()
    {
        waiting.Add(Link(1, "http://a.example/"));
        waiting.Add(Link(1, "http://b.example/"));

        Assert.Equal("b.example", (await waiting.TakeAsync(Ct).Soon()).Link.Host);
        Assert.False(waiting.TakeAsync(Ct).IsCompleted);
    }

    [Fact]
    public async Task When_too_many_wait_the_oldest_are_dropped()
    {
        for (var seq = 1; seq <= WaitingLinks.Most; seq++) Assert.Null(waiting.Add(Link(seq, $"http://{seq}.example/")));

        Assert.Equal(1, waiting.Add(Link(1_000, "http://more.example/"))!.Seq);
        Assert.Equal(2, (await waiting.TakeAsync(Ct).Soon()).Seq);
    }

    static PreviewWork Link(long seq, string link) => new(new RoomId(1), seq, new Uri(link));
}
