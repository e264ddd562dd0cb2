using HtmxChat.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

/// <summary>A room's log over a history that the test writes, and a clock that it moves.</summary>
public abstract class RoomLogExamples
{
    // What the log waits before it asks history, and a little more.
    protected static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(60);

    private protected Truth Truth { get; } = new();

    protected FakeTimeProvider Time { get; } = new();

    protected Task<RoomLog> OpenAsync() => RoomLog.OpenAsync(Truth.Room, Truth.Epoch, Truth, Truth.Caches, Time, NullLogger.Instance, Ct);

    protected Task AdvanceUntil(Task done) => Until(done, Time, Patience);

    protected static List<long> Seqs(Batch batch) => [.. batch.Events.Select(e => e.Seq)];
}
