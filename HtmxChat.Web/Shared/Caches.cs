using Microsoft.Extensions.Caching.Memory;

namespace HtmxChat.Web.Shared;

/// <summary>Whether the program remembers what it has worked out. <c>--Caches off</c> is for measuring what that is worth.</summary>
public sealed class Caches(IConfiguration configuration)
{
    public bool AreOn { get; } = !string.Equals(configuration["Caches"], "off", StringComparison.OrdinalIgnoreCase);

    /// <summary>A memory that holds nothing while caches are off.</summary>
    /// <param name="limit">In the unit of its entries' sizes.</param>
    public MemoryCache New(long limit) => new(new MemoryCacheOptions { SizeLimit = AreOn ? limit : 0 });
}
