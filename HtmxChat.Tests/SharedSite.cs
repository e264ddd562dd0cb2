using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(HtmxChat.Tests.SharedSite))]

namespace HtmxChat.Tests;

/// <summary>
/// One site for all tests that can share one: hashing a password is slow on purpose. Ann looks after it, Bob has joined;
/// each test makes the rooms that it writes in.
/// </summary>
public class SharedSite : IAsyncLifetime
{
    int rooms;

    protected virtual Task<(string Key, string Value)[]> SettingsAsync() => Task.FromResult<(string Key, string Value)[]>([]);

    /// <summary>Parts of the program that are the tests' own.</summary>
    protected virtual void Replace(IServiceCollection parts)
    {
    }

    public ChatSite Site { get; private set; } = null!;

    public Browser Ann { get; private set; } = null!;

    public Browser Bob { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await StartAnotherAsync();
        Ann = await Site.SetUpByAnnAsync();
        Bob = await Site.JoinAsync(Ann, "Bob");
    }

    /// <summary>A site of this kind that nobody has set up.</summary>
    public async Task<ChatSite> StartAnotherAsync() => await ChatSite.StartEmptyAsync(Replace, await SettingsAsync());

    /// <summary>A room in which nothing has been said.</summary>
    public Task<RoomId> NewRoomAsync() => Ann.NewRoomAsync($"Room {Interlocked.Increment(ref rooms)}");

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
