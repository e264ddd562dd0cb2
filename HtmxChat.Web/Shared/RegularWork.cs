namespace HtmxChat.Web.Shared;

/// <summary>Looks after something at the start and then again and again. What fails is logged, and tried again the next time.</summary>
public abstract class RegularWork(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>The clock that it goes by.</summary>
    protected TimeProvider Time => time;

    /// <summary>What it is when it fails, for the log.</summary>
    protected abstract string Failure { get; }

    /// <summary>Does it once.</summary>
    public abstract Task LookAsync(CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Says that it has failed.</summary>
    protected void Log(Exception e) => logger.LogWarning(e, "{Failure}; trying again in {Interval}", Failure, interval);
}
