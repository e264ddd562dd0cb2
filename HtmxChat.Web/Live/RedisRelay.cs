using System.Threading.Channels;
using StackExchange.Redis;

namespace HtmxChat.Web.Live;

/// <summary>
/// Carries messages between nodes by Redis pub/sub. A node is sent what it has subscribed to and nothing else. While Redis
/// is away, or so slow that too much is under way, messages are dropped: posts do not wait for a hint.
/// </summary>
public sealed class RedisRelay : IRelay, IAsyncDisposable
{
    /// <summary>As much may be on its way to Redis at a time; what comes on top is dropped.</summary>
    public const long MaxUnderWayBytes = 1024 * 1024;

    // Another site's program may use the same Redis.
    const string Prefix = "htmxchat:";

    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ConnectAgainAfter = TimeSpan.FromSeconds(5);

    readonly Channel<Action<ISubscriber>> changes = Channel.CreateUnbounded<Action<ISubscriber>>(new() { SingleReader = true });
    readonly CancellationTokenSource stopping = new();
    readonly ILogger<RedisRelay> logger;
    readonly Task changing;
    Task watching = Task.CompletedTask;
    volatile ConnectionMultiplexer? redis;
    long underWay;

    /// <summary>Starts to connect and does not wait for it: a node works without Redis.</summary>
    /// <param name="settings">What <see cref="Settings"/> has made of the connection string.</param>
    public RedisRelay(ConfigurationOptions settings, ILogger<RedisRelay> logger)
    {
        this.logger = logger;
        changing = ChangeAsync(settings);
    }

    public bool ReachesOthers => true;

    /// <summary>How long Redis may take, and how soon it is tried again, on top of where it is.</summary>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public static ConfigurationOptions Settings(string connectionString)
    {
        var settings = ConfigurationOptions.Parse(connectionString);
        settings.ClientName ??= "htmxchat";

        // Without Redis the node starts all the same, and what cannot be said now is not said later: it is in the database.
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;

        // Gone: tried again four times a second. Silent: asked every second, and after four timeouts given up for a new
        // connection. That also replaces one that is dead without saying so, where TCP itself would try for 15 minutes.
        settings.ConnectTimeout = 2_000;
        settings.AsyncTimeout = settings.SyncTimeout = 1_000;
        settings.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        settings.ReconnectRetryPolicy = new LinearRetry(250);
        settings.KeepAlive = 1;

        // Nobody reads the details, and for every message of a second they are work.
        settings.IncludeDetailInExceptions = false;
        return settings;
    }

    public void Publish(string channel, ReadOnlyMemory<byte> message)
    {
        if (redis is not { IsConnected: true } connected) return;

        if (Interlocked.Add(ref underWay, message.Length) <= MaxUnderWayBytes) _ = PublishAsync(connected.GetSubscriber(), Name(channel), message);
        else Interlocked.Add(ref underWay, -message.Length);
    }

    public Listening Listen(string channel, Action<ReadOnlyMemory<byte>> hear)
    {
        var subscription = new Subscription(Name(channel), hear, stopping.Token);
        Change(subscription.Begin);
        return new Listening(subscription.Begun, () => Change(_ => subscription.End()));
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        changes.Writer.Complete();
        await changing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (redis is { } connected) await connected.DisposeAsync();
        stopping.Dispose();
    }

    static RedisChannel Name(string channel) => RedisChannel.Literal(Prefix + channel);

    async Task PublishAsync(ISubscriber redis, RedisChannel channel, ReadOnlyMemory<byte> message)
    {
        try
        {
            await redis.PublishAsync(channel, message);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            // A hint that is lost. That Redis is away is said once, by its connection.
        }
        finally
        {
            Interlocked.Add(ref underWay, -message.Length);
        }
    }

    // One after the other: to leave a channel and to enter it again at the same moment must not end in the wrong order.
    void Change(Action<ISubscriber> change) => changes.Writer.TryWrite(change);

    async Task ChangeAsync(ConfigurationOptions settings)
    {
        await Task.Yield();
        if (await ConnectAsync(settings) is not { } connected) return;

        var subscriber = connected.GetSubscriber();
        watching = WatchAsync(connected.GetDatabase(), subscriber);
        await foreach (var change in changes.Reader.ReadAllAsync())
        {
            try
            {
                change(subscriber);
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                logger.LogWarning(e, "A subscription could not be changed");
            }
        }
    }

    // A Redis that is away is no reason for it to fail; a name that means nothing yet, or a certificate, may be.
    async Task<ConnectionMultiplexer?> ConnectAsync(ConfigurationOptions settings)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                return redis = await ConnectionMultiplexer.ConnectAsync(settings);
            }
            catch (Exception e)
            {
                // Not its message, which repeats the connection string.
                logger.LogWarning("Redis cannot be connected to ({Problem}); trying again in {Wait}", e.GetType().Name, ConnectAgainAfter);
                await Task.Delay(ConnectAgainAfter, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        return null;
    }

    // The library's own events leave out a Redis that is frozen, and come twice for one that is gone: there are two connections.
    async Task WatchAsync(IDatabase commands, ISubscriber subscriptions)
    {
        var isAway = false;
        while (!stopping.IsCancellationRequested)
        {
            var problem = await ProblemAsync(commands, subscriptions);
            if (problem is not null && !isAway) logger.LogWarning("Redis is away ({Problem}). What is said on one node reaches the people on others up to {Later} later", problem, HeadWatch.Interval);
            if (problem is null && isAway) logger.LogInformation("Redis is back");
            isAway = problem is not null;
            await Task.Delay(LookEvery, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Not its message, which repeats the connection string.
    static async Task<string?> ProblemAsync(IDatabase commands, ISubscriber subscriptions)
    {
        try
        {
            await Task.WhenAll(commands.PingAsync(), subscriptions.PingAsync());
            return null;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            return e.GetType().Name;
        }
    }

    /// <summary>One channel that this node has subscribed to. Its messages are handed on in their order, one at a time.</summary>
    sealed class Subscription(RedisChannel channel, Action<ReadOnlyMemory<byte>> hear, CancellationToken stopping)
    {
        static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

        readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ChannelMessageQueue? messages;
        volatile bool hasEnded;

        public Task Begun => begun.Task;

        // Registered even while there is no connection: every new one subscribes to whatever is registered.
        public void Begin(ISubscriber redis)
        {
            messages = redis.Subscribe(channel, CommandFlags.FireAndForget);
            messages.OnMessage(message => hear((byte[]?)message.Message));
            _ = ConfirmAsync(redis);
        }

        public void End()
        {
            hasEnded = true;
            messages?.Unsubscribe(CommandFlags.FireAndForget);
        }

        // The endpoint is known once Redis has confirmed the subscription. A ping goes by the same connection, and so after it.
        async Task ConfirmAsync(ISubscriber redis)
        {
            while (!hasEnded && !stopping.IsCancellationRequested)
            {
                try
                {
                    if (redis.IsConnected()) await redis.PingAsync();
                    if (redis.SubscribedEndpoint(channel) is not null)
                    {
                        begun.SetResult();
                        return;
                    }
                }
                catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
                {
                    // It is away again.
                }
                await Task.Delay(AskAgain, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
