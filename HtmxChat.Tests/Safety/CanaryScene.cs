using System.Globalization;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Safety;

/// <summary>A site with a word that stands in a closed and in a direct room alone, and people who may not read it there.</summary>
public sealed class CanaryScene : IAsyncLifetime
{
    public const string Canary = "Kanarienvogel";

    public ChatSite Site { get; private set; } = null!;

    /// <summary>The administrator, who has made both rooms.</summary>
    public Browser Ann { get; private set; } = null!;

    /// <summary>In both rooms.</summary>
    public Browser Bob { get; private set; } = null!;

    /// <summary>Another person, a removed member, a banned one, and nobody.</summary>
    public Dictionary<string, Browser> Outsiders { get; } = [];

    internal List<KnownEndpoint> Endpoints { get; private set; } = null!;

    public RoomId Closed { get; private set; }

    public RoomId Direct { get; private set; }

    public static RoomId RoomOf(Answer answer) => new(long.Parse(answer.Location!.Split('/')[2], CultureInfo.InvariantCulture));

    public async ValueTask InitializeAsync()
    {
        // What is remembered for two seconds would have to be waited for.
        Site = await ChatSite.StartEmptyAsync(("Caches", "off"));
        Ann = await Site.SetUpByAnnAsync();
        Bob = await Site.JoinAsync(Ann, "Bob");
        foreach (var name in new[] { "another", "removed", "banned" }) Outsiders[name] = await Site.JoinAsync(Ann, name);
        Outsiders["nobody"] = Site.NewBrowser();
        Endpoints = await KnownEndpoint.AllAsync(Site);

        Closed = RoomOf(await Ann.SubmitAsync("/rooms/new", ("Name", $"{Canary} nest"), ("About", $"{Canary} topic"), ("Closed", "true")));
        Direct = RoomOf(await Ann.SubmitAsync("/direct/new", ("With", "2")));
        var about = await Ann.GetAsync($"/rooms/{Closed}/about");
        foreach (var person in new[] { 2, 4, 5 }) await Ann.SubmitAsync(about, $"/rooms/{Closed}/about?handler=Add", ("Person", $"{person}"));
        foreach (var room in new[] { Closed, Direct }) await Bob.SayAsync(room, $"{Canary} one", $"{Canary} two");
        await Bob.SubmitAsync($"/rooms/{Closed}/composer", ("text", Canary + new string('x', 10_000)));
        foreach (var room in new[] { Closed, Direct })
        {
            var preview = new LinkPreview("https://elsewhere.example/", $"{Canary} site", $"{Canary} page", $"{Canary} description", Picture: "1");
            await Site.ExecuteAsync($"update messages set preview = '{preview.Stored()}' where room_id = {room} and seq = 1");
            await Site.ExecuteAsync($"insert into preview_pictures (room_id, seq, version, content) values ({room}, 1, '1', cast('{Canary} picture' as blob))");
        }
        foreach (var room in new[] { Closed, Direct }) await Bob.SubmitAsync($"/rooms/{room}/messages/1/thread", ("text", $"{Canary} in a thread"));
        foreach (var name in new[] { "removed", "banned" })
        {
            Assert.Equal($"/rooms/{Closed}/messages/1/thread", (await Outsiders[name].SubmitAsync($"/rooms/{Closed}/messages/1/thread", ("text", "Me too."))).Location!.Split('#')[0]);
            Assert.Contains(Canary, (await Outsiders[name].GetAsync("/threads")).Text, StringComparison.Ordinal);
        }
        foreach (var name in new[] { "removed", "banned" }) Assert.Contains(Canary, (await Outsiders[name].GetAsync($"/rooms/{Closed}")).Text, StringComparison.Ordinal);

        await Ann.SubmitAsync(about, $"/rooms/{Closed}/about?handler=Remove", ("Person", "4"));
        await Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute($"update people set standing = {Standing.Banned:D} where id = 5"), Ct);
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
