using System.Collections.Concurrent;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

/// <summary>One node of a site: its logs, its clock, and its relay, which notes what it brings. Nothing but the relay tells it anything.</summary>
sealed class RelayNode : IRelay
{
    readonly ConcurrentQueue<Task> begun = new();
    readonly FakeTimeProvider time = new();
    readonly IRelay relay;
    int heard;
    long heardBytes;

    /// <param name="change">What becomes of each message on the way.</param>
    public RelayNode(IRelay relay, Truth truth, string epoch = Truth.Epoch, Func<Action<ReadOnlyMemory<byte>>, Action<ReadOnlyMemory<byte>>>? change = null)
    {
        (this.relay, Change) = (relay, change ?? (hear => hear));
        Logs = new RoomLogs(truth, this, () => epoch, Truth.Caches, time, NullLogger<RoomLog>.Instance);
    }

    public RoomLogs Logs { get; }

    /// <summary>How many messages the relay has brought here.</summary>
    public int Heard => Volatile.Read(ref heard);

    public long HeardBytes => Volatile.Read(ref heardBytes);

    public bool ReachesOthers => relay.ReachesOthers;

    Func<Action<ReadOnlyMemory<byte>>, Action<ReadOnlyMemory<byte>>> Change { get; }

    /// <summary>The room's log, once what others publish is heard.</summary>
    public async Task<RoomLog> OpenAsync(RoomId room)
    {
        var log = await Logs.OpenAsync(room, Ct);
        await ListensAsync();
        return log;
    }

    public Task ListensAsync() => Task.WhenAll(begun).Soon();

    /// <summary>Lets time pass evenly.</summary>
    public void Pass(TimeSpan period)
    {
        for (var passed = TimeSpan.Zero; passed < period; passed += Heartbeats.Interval)
        {
            time.Advance(Heartbeats.Interval);
            Logs.Beat();
        }
    }

    public void Publish(string channel, ReadOnlyMemory<byte> message) => relay.Publish(channel, message);

    public Listening Listen(string channel, Action<ReadOnlyMemory<byte>> hear)
    {
        var changed = Change(hear);
        var listening = relay.Listen(channel, message =>
        {
            Interlocked.Increment(ref heard);
            Interlocked.Add(ref heardBytes, message.Length);
            changed(message);
        });
        begun.Enqueue(listening.Begun);
        return listening;
    }
}
