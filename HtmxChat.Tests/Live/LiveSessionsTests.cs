using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class LiveSessionsTests
{
    [Fact]
    public void Ending_a_session_ends_all_its_connections_and_no_other()
    {
        var sessions = new LiveSessions();
        using var first = sessions.Join("1", out var firstEnded);
        using var second = sessions.Join("1", out var secondEnded);
        using var other = sessions.Join("11", out var otherEnded);

        sessions.End("1");

        Assert.True(firstEnded.IsCancellationRequested && secondEnded.IsCancellationRequested);
        Assert.False(otherEnded.IsCancellationRequested);
    }

    [Fact]
    public void A_connection_that_has_left_is_not_ended()
    {
        var sessions = new LiveSessions();
        sessions.Join("1", out var ended).Dispose();

        sessions.End("1");

        Assert.False(ended.IsCancellationRequested);
    }
}
