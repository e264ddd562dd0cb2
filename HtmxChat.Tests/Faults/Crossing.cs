using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HtmxChat.E2E;

namespace HtmxChat.Tests.Faults;

/// <summary>Posts evenly to whichever node the proxy chooses, and notes when each message has arrived on both.</summary>
sealed partial class Crossing : IAsyncDisposable
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    readonly NodeRoom room;
    readonly List<Viewer> viewers;
    readonly Ear[] ears;
    readonly Ledger ledger = new();
    readonly List<Post> posts = [];

    Crossing(NodeRoom room, List<Viewer> viewers, Ear[] ears) => (this.room, this.viewers, this.ears) = (room, viewers, ears);

    sealed record Post(long Seq, long At, TimeSpan Took);

    /// <param name="readers">How many on each node.</param>
    public static async Task<Crossing> StartAsync(NodeSite site, int readers)
    {
        var room = await site.NewRoomAsync();
        await room.Chat.LoadFormAsync(Ct);
        return new Crossing(room, await room.ViewersOnAsync(site.First, site.Second, readers), [await Ear.OpenAsync(room, site.First), await Ear.OpenAsync(room, site.Second)]);
    }

    /// <summary>Posts for a while.</summary>
    /// <returns>How long each post took, and how long after its beginning each message was on both nodes.</returns>
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Longest);
        foreach (var ear in ears) await ear.HearsAsync(mine.Select(p => p.Seq), limit.Token);
        return ([.. mine.Select(p => p.Took)], [.. mine.Select(p => Stopwatch.GetElapsedTime(p.At, ears.Max(e => e.Heard[p.Seq])))]);
    }

    /// <summary>What was lost, doubled or in the wrong place, in the end.</summary>
    public Task<IReadOnlyList<string>> CheckAsync() => Viewer.CheckAsync(room.Chat, ledger, viewers, TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        foreach (var ear in ears) await ear.DisposeAsync();
    }

    async Task PostAsync()
    {
        var (key, text, at) = (Guid.NewGuid().ToString("N"), $"Line {posts.Count}", Stopwatch.GetTimestamp());
        ledger.Sends(key, text);
        var seq = await room.Chat.PostAsync(key, text, Ct);
        posts.Add(new Post(seq, at, Stopwatch.GetElapsedTime(at)));
        ledger.IsAcknowledged(key, seq);
    }

    /// <summary>Hears on one node when each message comes.</summary>
    sealed partial class Ear : IAsyncDisposable
    {
        readonly ConcurrentDictionary<long, long> heard = new();
        readonly ILive live;
        readonly Task listening;

        Ear(ILive live)
        {
            this.live = live;
            listening = ListenAsync();
        }

        /// <summary>When each message came, by its number.</summary>
        public ConcurrentDictionary<long, long> Heard => heard;

        public static async Task<Ear> OpenAsync(NodeRoom room, ChatServer node)
        {
            var chat = room.On(node);
            return new Ear(await chat.OpenAsync(ShownPage.Load(await chat.LoadAsync(Ct)).Position, Ct));
        }

        public async Task HearsAsync(IEnumerable<long> seqs, CancellationToken ct)
        {
            foreach (var seq in seqs)
            {
                while (!heard.ContainsKey(seq)) await Task.Delay(Pace, ct);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await live.DisposeAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ListenAsync()
        {
            while (await live.NextAsync(Ct) is { } frame)
            {
                foreach (Match article in Article.Matches(frame)) heard.TryAdd(long.Parse(article.Groups["seq"].Value, CultureInfo.InvariantCulture), Stopwatch.GetTimestamp());
            }
        }

        [GeneratedRegex("""<article id="m-(?<seq>\d+)""")]
        static partial Regex Article { get; }
    }
}
