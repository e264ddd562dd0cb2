namespace HtmxChat.Tests.Live;

/// <summary>
/// Runs several tasks on one thread, one step at a time, and draws whose step is next: the same seed is the same run.
/// A step is what stands between two awaits.
/// </summary>
sealed class Schedule : SynchronizationContext
{
    const int MaxSteps = 200_000;

    readonly List<(SendOrPostCallback Step, object? State)> ready = [];
    readonly Random random;

    Schedule(int seed) => random = new(seed);

    /// <summary>Runs to the end of the story; one in which nothing ends is a failure.</summary>
    public static void Run(int seed, Func<Task> story)
    {
        var (schedule, before) = (new Schedule(seed), Current);
        SetSynchronizationContext(schedule);
        try
        {
            var told = story();
            for (var steps = 0; !told.IsCompleted; steps++)
            {
                Assert.True(steps < MaxSteps && schedule.ready.Count > 0, "Somebody waits for ever.");
                schedule.Step();
            }
            told.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => ready.Add((d, state));

    void Step()
    {
        var drawn = random.Next(ready.Count);
        var (step, state) = ready[drawn];
        ready[drawn] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
        step(state);
    }
}
