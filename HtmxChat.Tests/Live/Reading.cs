using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

static class Reading
{
    /// <summary>Asks a log once, as a reader that will not ask again.</summary>
    public static async Task<Batch> ReadAsync(this RoomLog log, Position? after, CancellationToken ct)
    {
        using var waiter = new Waiter(ct);
        return await log.ReadAsync(after, waiter);
    }
}
