using System.Threading.Channels;

namespace HtmxChat.Tests.Faults;

/// <summary>What is wrong with a <see cref="FlawedChat"/>.</summary>
enum Flaw
{
    None,

    /// <summary>Some messages never reach those who listen.</summary>
    Drops,

    /// <summary>A message that is sent again is stored again.</summary>
    Doubles,

    /// <summary>Two messages arrive in the wrong order.</summary>
    Swaps,

    /// <summary>It says that a message is stored before it is, and then does not store it.</summary>
    AcknowledgesBeforeCommit,

    /// <summary>A page that comes back is given what is newer by the clock, and not by number.</summary>
    ResumesByTime,
}

/// <summary>A server in memory that keeps the promise, or breaks it in one way: what the checker has to find.</summary>
sealed class FlawedChat(Flaw flaw) : IChat
{
    const string Epoch = "flawed00";

    // Coarse, as the clocks are that such servers trust.
    const int MessagesInOneTick = 4;

    readonly Lock gate = new();
    readonly List<StoredMessage> stored = [];
    readonly List<Live> open = [];
    int acknowledged;

    public Task<string> LoadAsync(CancellationToken ct)
    {
        lock (gate)
        {
            var list = string.Concat(stored.TakeLast(40).Select(Article));
            return Task.FromResult($"""<h1 id="room-name">Room</h1><div id="messages">{list}</div>{Position()}""");
        }
    }

    public Task<long> PostAsync(string key, string text, CancellationToken ct)
    {
        lock (gate)
        {
            if (flaw != Flaw.Doubles && stored.Find(m => m.Key == key) is { } earlier) return Task.FromResult(earlier.Seq);

            var message = new StoredMessage(stored.Count + 1, Author: 1, key, text);
            var isLost = flaw == Flaw.AcknowledgesBeforeCommit && ++acknowledged % 10 == 0;
            if (!isLost) stored.Add(message);
            if (!isLost) Publish();
            return Task.FromResult(message.Seq);
        }
    }

    public Task<ILive> OpenAsync(string position, CancellationToken ct)
    {
        lock (gate)
        {
            var seq = ShownPage.Seq(position);
            var after = flaw == Flaw.ResumesByTime ? Math.Min(stored.Count, (seq + MessagesInOneTick - 1) / MessagesInOneTick * MessagesInOneTick) : seq;
            var live = new Live();
            if (after < stored.Count) live.Frames.Writer.TryWrite(Frame(stored.Skip((int)after)));
            open.Add(live);
            return Task.FromResult<ILive>(live);
        }
    }

    public Task<IReadOnlyList<StoredMessage>> StoredAsync(CancellationToken ct)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<StoredMessage>>([.. stored]);
    }

    /// <summary>Ends all connections.</summary>
    public void Cut()
    {
        lock (gate)
        {
            foreach (var live in open) live.Frames.Writer.TryComplete();
            open.Clear();
        }
    }

    void Publish()
    {
        var (newest, at) = (stored[^1], stored.Count);
        if (flaw == Flaw.Drops && at % 10 == 0) return;

        // The ninth waits for the tenth, and comes after it.
        if (flaw == Flaw.Swaps && at % 10 == 9) return;
        var frame = flaw == Flaw.Swaps && at % 10 == 0 ? Frame([newest, stored[^2]]) : Frame([newest]);
        foreach (var live in open) live.Frames.Writer.TryWrite(frame);
    }

    string Frame(IEnumerable<StoredMessage> messages) =>
        $"""<hx-upsert hx-target="#messages">{string.Concat(messages.Select(Article))}</hx-upsert><hx-partial hx-target="#position" hx-swap="outerHTML">{Position()}</hx-partial>""";

    string Position() => $"""<data id="position" value="{Epoch}.{stored.Count}"></data>""";

    static string Article(StoredMessage m) => $"""<article id="m-{m.Seq}" data-key="{m.Key}">{m.Text}</article>""";

    sealed class Live : ILive
    {
        public Channel<string> Frames { get; } = Channel.CreateUnbounded<string>();

        public async Task<string?> NextAsync(CancellationToken ct) =>
            await Frames.Reader.WaitToReadAsync(ct) && Frames.Reader.TryRead(out var frame) ? frame : null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
