using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Configuration;

namespace HtmxChat.Tests.Live;

/// <summary>A room's committed events, as the database holds them: all of them, in order. Counts what it is asked.</summary>
sealed class Truth : IRoomHistory
{
    public const string Epoch = "k3v9q2ma";

    public static readonly RoomId Room = new(7);

    public static readonly Caches Caches = new(new ConfigurationManager());

    readonly Lock gate = new();
    readonly List<LogEvent> events = [];
    int failures;
    volatile TaskCompletionSource? holding;

    /// <summary>How often events were asked for.</summary>
    public int EventQueries { get; private set; }

    /// <summary>How often the newest number was asked for.</summary>
    public int HeadQueries { get; private set; }

    public long Head { get { lock (gate) return events.Count; } }

    public static Position At(long seq) => new(Epoch, seq);

    public LogEvent Commit(int bytes = 0)
    {
        lock (gate)
        {
            var seq = events.Count + 1;
            var html = $"<p id=\"m-{seq}\">{seq}</p>".PadRight(bytes);
            events.Add(new LogEvent(seq, LogEventKind.Insert, $"m-{seq}", Encoding.UTF8.GetBytes(html)));
            return events[^1];
        }
    }

    public List<LogEvent> CommitMany(int count) => [.. Enumerable.Range(0, count).Select(_ => Commit())];

    /// <summary>Lets the next questions fail, as when the database is away for a moment.</summary>
    public void FailNext(int questions)
    {
        lock (gate) failures += questions;
    }

    /// <summary>Has every question wait for its answer until the result is completed.</summary>
    public TaskCompletionSource Hold() => holding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<long> HeadAsync(RoomId room, CancellationToken ct) => Answer(() =>
    {
        HeadQueries++;
        return (long)events.Count;
    });

    public Task<IReadOnlyDictionary<RoomId, long>> HeadsAsync(IReadOnlyCollection<RoomId> rooms, CancellationToken ct) =>
        Answer<IReadOnlyDictionary<RoomId, long>>(() => rooms.ToDictionary(room => room, _ => (long)events.Count));

    public Task<IReadOnlyList<LogEvent>> EventsAsync(RoomId room, long after, int limit, CancellationToken ct) => Answer<IReadOnlyList<LogEvent>>(() =>
    {
        EventQueries++;
        return [.. events.Skip((int)after).Take(limit)];
    });

    public Task<ListSnapshot> SnapshotAsync(RoomId room, long from, CancellationToken ct) =>
        Answer(() => new ListSnapshot(events.Count, Encoding.UTF8.GetBytes("<p>the whole list</p>"), RecentId: null, [new OutsideElement("heading", "<div id=\"heading\"><h1 id=\"room-name\">Room</h1></div>"u8.ToArray())]));

    async Task<T> Answer<T>(Func<T> answer)
    {
        await Task.Yield();
        if (holding is { } held) await held.Task;
        lock (gate)
        {
            if (failures == 0) return answer();

            failures--;
            throw new IOException("The database is away.");
        }
    }
}
