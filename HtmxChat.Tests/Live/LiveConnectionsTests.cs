using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

public sealed class LiveConnectionsTests
{
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    readonly FakeTimeProvider time = new();
    readonly LiveConnections connections;
    int aborted;

    public LiveConnectionsTests() => connections = new LiveConnections(time, CancellationToken.None);

    [Fact]
    public void Ending_a_session_ends_all_its_connections_and_no_other()
    {
        using var first = Open("1");
        using var second = Open("1");
        using var other = Open("11");

        connections.End("1");

        Assert.True(first.Ended.IsCancellationRequested && second.Ended.IsCancellationRequested);
        Assert.Equal(LiveEnding.SignedOut, first.Why);
        Assert.False(other.Ended.IsCancellationRequested);
    }

    [Fact]
    public void A_session_with_many_connections_is_named_once_and_one_whose_connections_have_left_is_not()
    {
        using var first = Open("1");
        using var second = Open("1");
        using var other = Open("11");
        Open("2").Dispose();

        Assert.Equal(["1", "11"], connections.Sessions().Keys.Order());
    }

    [Fact]
    public void A_person_who_was_changed_has_the_connections_renewed_that_know_it_not_yet()
    {
        using var old = connections.Open(new LiveHolder("1", new PersonId(7), default) { PersonVersion = 3 }, () => { });
        using var renewed = connections.Open(new LiveHolder("1", new PersonId(7), default) { PersonVersion = 4 }, () => { });
        using var other = connections.Open(new LiveHolder("2", new PersonId(8), default), () => { });
        Assert.Equal(3, connections.Sessions()["1"]);

        connections.Renew("1", version: 4);
        Assert.Equal((LiveEnding.Renewed, LiveEnding.None), (old.Why, renewed.Why));
        connections.Renew(new PersonId(7));

        Assert.Equal((LiveEnding.Renewed, LiveEnding.None), (renewed.Why, other.Why));
    }

    [Fact]
    public void A_connection_that_has_left_is_not_ended()
    {
        var left = Open("1");
        left.Dispose();

        connections.End("1");

        Assert.Equal(LiveEnding.None, left.Why);
    }

    [Fact]
    public void A_connection_whose_write_is_stuck_is_broken_off_after_30_seconds()
    {
        using var stuck = Open("1");
        var never = stuck.Life.WriteAsync(_ => new ValueTask(new TaskCompletionSource().Task), new byte[1]);
        Assert.False(never.IsCompleted);

        time.Advance(SignsOfLife.MaxWrite);
        connections.Sweep();
        Assert.Equal(0, aborted);
        time.Advance(Moment);
        connections.Sweep();

        Assert.Equal(1, aborted);
    }

    [Fact]
    public async Task A_connection_that_has_written_is_left_alone()
    {
        using var idle = Open("1");
        await idle.Life.WriteAsync(_ => ValueTask.CompletedTask, new byte[1]);

        time.Advance(SignsOfLife.MaxWrite + Moment);
        connections.Sweep();

        Assert.Equal(0, aborted);
    }

    [Fact]
    public void One_that_has_been_heard_and_falls_silent_is_broken_off_and_one_that_never_speaks_is_not()
    {
        using var socket = Open("1");
        using var stream = Open("2");
        socket.Life.Heard();

        time.Advance(SignsOfLife.MaxSilence);
        connections.Sweep();
        Assert.Equal(0, aborted);
        time.Advance(Moment);
        connections.Sweep();

        Assert.Equal(1, aborted);
    }

    [Fact]
    public void One_that_has_been_silent_for_12_seconds_is_asked_for_a_sign_of_life_and_only_then()
    {
        using var socket = Open("1");
        using var stream = Open("2");
        socket.Life.Heard();

        time.Advance(SignsOfLife.AskAfter);
        connections.Sweep();
        Assert.False(socket.Life.TakeQuestion());
        time.Advance(Moment);
        connections.Sweep();

        Assert.True(socket.Life.TakeQuestion());
        Assert.False(socket.Life.TakeQuestion());
        Assert.False(stream.Life.TakeQuestion());
    }

    [Fact]
    public void When_the_server_stops_many_connections_end_over_3_seconds_and_new_ones_at_once()
    {
        using var stopping = new CancellationTokenSource();
        var all = new LiveConnections(time, stopping.Token);
        var many = Enumerable.Range(0, 3_000).Select(i => all.Open(Holder($"{i}"), () => aborted++)).ToList();
        int Ended() => many.Count(c => c.Why == LiveEnding.Stopping);

        stopping.Cancel();

        Assert.InRange(Ended(), 1, 200);
        Assert.Equal(LiveEnding.Stopping, all.Open(Holder("late"), () => aborted++).Why);
        for (var i = 0; i < 15; i++) time.Advance(LiveConnections.StopSpread / 30);
        Assert.InRange(Ended(), 1_400, 1_700);
        for (var i = 0; i < 15; i++) time.Advance(LiveConnections.StopSpread / 30);
        Assert.Equal((3_000, 0), (Ended(), aborted));
    }

    [Fact]
    public void When_the_server_stops_a_few_connections_end_at_once()
    {
        using var stopping = new CancellationTokenSource();
        var all = new LiveConnections(time, stopping.Token);
        var few = Enumerable.Range(0, 20).Select(i => all.Open(Holder($"{i}"), () => aborted++)).ToList();

        stopping.Cancel();

        Assert.All(few, c => Assert.Equal(LiveEnding.Stopping, c.Why));
    }

    LiveConnection Open(string session) => connections.Open(Holder(session), () => aborted++);

    static LiveHolder Holder(string session) => new(session, new PersonId(1), new RoomId(1));
}
