using HtmxChat.Bench.Client;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Parts;

/// <summary>What the stuck readers lacked before they read again.</summary>
/// <param name="LackedBytes">What others have read since and a stuck one has not.</param>
/// <param name="KeptBackBytes">The part of it that the kernel had not taken for the one for whom it had taken most: the server's own write had to wait.</param>
/// <param name="Cleared">How long it took until the slowest had everything.</param>
public sealed record Backlog(long LackedBytes, long KeptBackBytes, TimeSpan Cleared)
{
    /// <summary>Lets the stuck readers read again.</summary>
    /// <exception cref="WrongAnswerException">They were not really stuck, because the kernel had taken everything for one of them; or the server had cut one off.</exception>
    public static async Task<Backlog> ClearAsync(ChatServer server, Audience audience)
    {
        var unread = SocketQueues.Unread(server.Address.Port);
        var sent = audience.Reading[0].BytesSinceMark;
        var lacked = audience.Sticking.Min(r => sent - r.BytesSinceMark);
        var keptBack = audience.Sticking.Min(r => sent - r.BytesSinceMark - unread.GetValueOrDefault(r.Socket.Port));
        if (keptBack <= 0) throw new WrongAnswerException($"The kernel took all {lacked / 1024} KB for a stuck reader, so the server never noticed it.");

        var clearing = Task.WhenAll(audience.Sticking.Select(r => r.ResumeAsync(audience.Newest)));
        await audience.WaitAsync(clearing);
        return new Backlog(lacked, keptBack, (await clearing).Max());
    }
}
