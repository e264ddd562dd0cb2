using HtmxChat.Web.Shared;

[assembly: AssemblyFixture(typeof(HtmxChat.Tests.SharedSite))]

namespace HtmxChat.Tests;

/// <summary>
/// One site for all tests that can share one: hashing a password is slow on purpose. Ann looks after it, Bob has joined;
/// each test makes the rooms that it writes in.
/// </summary>
public sealed class SharedSite : IAsyncLifetime
{
    int rooms;

    public ChatSite Site { get; private set; } = null!;

    public Browser Ann { get; private set; } = null!;

    public Browser Bob { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await ChatSite.StartEmptyAsync();
        Ann = await Site.SetUpByAnnAsync();
        Bob = await Site.JoinAsync(Ann, "Bob");
    }

    /// <summary>A room in which nothing has been said.</summary>
    public Task<RoomId> NewRoomAsync() => Ann.NewRoomAsync($"Room {Interlocked.Increment(ref rooms)}");

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
