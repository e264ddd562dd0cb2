using System.Net;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Safety;

/// <summary>A site whose rooms may be public, with a word in every room that the world may not read, and in one that it may, before that was so.</summary>
public sealed class WorldScene : IAsyncLifetime
{
    public const string Canary = "Kanarienvogel";

    /// <summary>What the world may read, in the public room alone.</summary>
    public const string Sparrow = "Sperling";

    public ChatSite Site { get; private set; } = null!;

    /// <summary>Who has joined, and is in all the rooms.</summary>
    public Browser Bob { get; private set; } = null!;

    internal List<KnownEndpoint> Endpoints { get; private set; } = null!;

    /// <summary>Somebody who has never been here, and somebody who was thrown out.</summary>
    public Dictionary<string, Browser> World { get; } = [];

    /// <summary>Public since the canary was said.</summary>
    public RoomId Public { get; private set; }

    /// <summary>Open, closed and direct rooms, one that was public, and one that was public and then closed; by what they are.</summary>
    public Dictionary<string, RoomId> Others { get; } = [];

    public async ValueTask InitializeAsync()
    {
        // What is remembered for two seconds would have to be waited for.
        Site = await ChatSite.StartEmptyAsync(("Caches", "off"));
        var ann = await Site.SetUpByAnnAsync();
        Bob = await Site.JoinAsync(ann, "Bob");
        World["banned"] = await Site.JoinAsync(ann, "Cleo");
        World["nobody"] = Site.NewBrowser();
        Endpoints = await KnownEndpoint.AllAsync(Site);
        await ann.SetPublicRoomsAsync();

        Public = await ann.NewRoomAsync("Square");
        foreach (var kind in new[] { "open", "was public", "was public, is closed" }) Others[kind] = await ann.NewRoomAsync($"{Canary} {kind}", $"{Canary} topic");
        Others["closed"] = CanaryScene.RoomOf(await ann.SubmitAsync("/rooms/new", ("Name", $"{Canary} nest"), ("Closed", "true")));
        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{Others["closed"]}/about"), $"/rooms/{Others["closed"]}/about?handler=Add", ("Person", "2"));
        Others["direct"] = CanaryScene.RoomOf(await ann.SubmitAsync("/direct/new", ("With", "2")));
        foreach (var room in Others.Values.Append(Public)) await Bob.SayAsync(room, $"{Canary} one", $"{Canary} two");

        await ann.PublishAsync(Public);
        await Bob.SayAsync(Public, $"{Sparrow} one", $"{Sparrow} two");
        foreach (var room in new[] { Others["was public"], Others["was public, is closed"] })
        {
            await ann.PublishAsync(room, WorldReads.Everything);
            Assert.Contains(Canary, (await World["nobody"].GetAsync($"/rooms/{room}")).HasStatus(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        }
        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{Others["was public"]}/public"), $"/rooms/{Others["was public"]}/public?handler=TakeBack");
        await ann.SubmitAsync($"/rooms/{Others["was public, is closed"]}/settings", ("Kind", "Closed"));
        await Site.ExecuteAsync($"update people set standing = {Standing.Banned:D} where id = 3");
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
