using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Faults;

/// <summary>Two nodes with a Redis between them: what is posted on one evenly, and when it arrives on the other.</summary>
sealed partial class Crossing : IAsyncDisposable
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    readonly ChatSite here;
    readonly ChatSite there;
    readonly HttpChat from;
    readonly Viewer viewer;
    readonly ILive live;
    readonly Task listening;
    readonly Ledger ledger = new();
    readonly ConcurrentDictionary<long, long> arrived = new();
    readonly List<Post> posts = [];

    Crossing(ChatSite here, ChatSite there, HttpChat from, Viewer viewer, ILive live)
    {
        (this.here, this.there, this.from, this.viewer, this.live) = (here, there, from, viewer, live);
        listening = ListenAsync();
    }

    /// <summary>What the two nodes have written to their logs about Redis.</summary>
    public required Lines Log { get; init; }

    sealed record Post(long Seq, long At, TimeSpan Took);

    public static async Task<Crossing> StartAsync(RedisServer redis)
    {
        var lines = new Lines();
        var here = await ChatSite.StartEmptyAsync(lines.AddTo, ("ConnectionStrings:Redis", redis.ConnectionString));
        var there = await here.StartOtherNodeAsync();
        var (ann, room) = (await here.SetUpByAnnAsync(), new RoomId(1));
        var from = new HttpChat(ann, room, here.DatabaseFile);
        var to = new HttpChat(ann.At(there.Address), room, here.DatabaseFile);
        await from.LoadFormAsync(Ct);
        var viewer = new Viewer(to);
        await viewer.ArriveAsync(Ct);
        return new Crossing(here, there, from, viewer, await to.OpenAsync(await ann.PositionAsync(room), Ct)) { Log = lines };
    }

    /// <summary>Posts for a while.</summary>
    /// <returns>How long each post took, and how long after its beginning each message was there.</returns>
    public async Task<(List<TimeSpan> Took, List<TimeSpan> Arrived)> PostAsync(TimeSpan lasting)
    {
        var first = posts.Count;
        using var beat = new PeriodicTimer(Pace);
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < lasting;)
        {
            await PostAsync();
            await beat.WaitForNextTickAsync(Ct);
        }

        var mine = posts[first..];
        await viewer.ReachesAsync($"x.{mine[^1].Seq}", Ct).Soon();
        while (mine.Any(p => !arrived.ContainsKey(p.Seq))) await Task.Delay(Pace, Ct);
        return ([.. mine.Select(p => p.Took)], [.. mine.Select(p => Stopwatch.GetElapsedTime(p.At, arrived[p.Seq]))]);
    }

    /// <summary>What was lost, doubled or in the wrong place, in the end.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync() =>
        Checker.Check(ledger, await from.StoredAsync(Ct), ShownPage.Load(await from.LoadAsync(Ct)), [viewer.Page]);

    public async ValueTask DisposeAsync()
    {
        await viewer.DisposeAsync();
        await live.DisposeAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await there.DisposeAsync();
        await here.DisposeAsync();
    }

    async Task PostAsync()
    {
        var (key, text, at) = (Guid.NewGuid().ToString("N"), $"Line {posts.Count}", Stopwatch.GetTimestamp());
        ledger.Sends(key, text);
        var seq = await from.PostAsync(key, text, Ct);
        posts.Add(new Post(seq, at, Stopwatch.GetElapsedTime(at)));
        ledger.IsAcknowledged(key, seq);
    }

    async Task ListenAsync()
    {
        while (await live.NextAsync(Ct) is { } frame)
        {
            foreach (Match article in Article.Matches(frame)) arrived.TryAdd(long.Parse(article.Groups["seq"].Value), Stopwatch.GetTimestamp());
        }
    }

    [GeneratedRegex("""<article id="m-(?<seq>\d+)""")]
    static partial Regex Article { get; }
}
