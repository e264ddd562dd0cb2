using System.Threading.RateLimiting;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>How fast one person may post, over all their pages and carriers together.</summary>
public sealed class PostRate : IDisposable
{
    readonly PartitionedRateLimiter<PersonId> limiter;

    /// <param name="burst">As many at once.</param>
    /// <param name="perSecond">As many again each second.</param>
    public PostRate(int burst, int perSecond) => limiter = PartitionedRateLimiter.Create<PersonId, PersonId>(person =>
        RateLimitPartition.GetTokenBucketLimiter(person, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    /// <returns>Null when the person may post now, else how long to wait.</returns>
    public TimeSpan? Refuse(PersonId person)
    {
        using var lease = limiter.AttemptAcquire(person);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => limiter.Dispose();
}
