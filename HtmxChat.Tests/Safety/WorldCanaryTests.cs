using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Safety;

/// <summary>
/// Where rooms may be public, whoever is not signed in uses everything that the program answers, with the numbers of all rooms: what is not for the
/// world never comes, and nothing tells such rooms from rooms that there are not.
/// </summary>
public sealed class WorldCanaryTests(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Canary = WorldScene.Canary;
    const long Nowhere = 999_999;

    static readonly string[] Ends = ["", "?before=4", "?before=99", "?before=9223372036854775807", "?after=0", "?after=2", "?after=-9223372036854775808", "/messages/1", "/messages/3", "/messages/4"];

    public static TheoryData<string> World => ["nobody", "banned"];

    [Fact]
    public async Task Who_has_joined_finds_it_in_all_the_rooms_and_the_world_finds_in_the_public_one_what_is_for_it()
    {
        foreach (var room in scene.Others.Values.Append(scene.Public)) Assert.True(Says(await scene.Bob.GetAsync($"/rooms/{room}"), Canary), $"{room}");

        var found = new HashSet<string>();
        foreach (var call in Reading())
        {
            if (Says(await call.SendAsync(scene.World["nobody"], scene.Public.Value, token: null), WorldScene.Sparrow)) found.Add(call.Endpoint.Address);
        }
        Assert.Equal(["rooms/{id:long}"], found);
        foreach (var path in PathsOf(scene.Public.Value).Where(p => !p.EndsWith("/1", StringComparison.Ordinal))) Assert.True(Says(await scene.World["nobody"].GetAsync(path), WorldScene.Sparrow), path);
    }

    [Theory]
    [MemberData(nameof(World))]
    public async Task The_world_is_never_told_it_nor_that_there_are_such_rooms(string who)
    {
        var browser = scene.World[who];
        var token = (await browser.GetAsync("/sign-in")).Field(Call.Token);

        foreach (var call in Call.All(scene.Endpoints))
        {
            var nowhere = await call.SendAsync(browser, Nowhere, token);
            foreach (var (kind, room) in scene.Others)
            {
                var answer = await call.SendAsync(browser, room.Value, token);
                Assert.False(Says(answer, Canary), $"{who}: {call} says it of the room that is {kind}: {answer.Status}");
                Assert.True(answer.Status == nowhere.Status, $"{who}: {call}, {kind}: {answer.Status}, and where there is no room {nowhere.Status}");
                Assert.Equal(CanaryTests.Comparable(nowhere, Nowhere), CanaryTests.Comparable(answer, room.Value));
            }
            Assert.False(Says(await call.SendAsync(browser, scene.Public.Value, token), Canary), $"{who}: {call} says it of the public room");
        }
    }

    [Theory]
    [MemberData(nameof(World))]
    public async Task Nor_by_any_address_that_public_rooms_have(string who)
    {
        var browser = scene.World[who];
        foreach (var path in PathsOf(scene.Public.Value)) Assert.False(Says(await browser.GetAsync(path), Canary), path);

        foreach (var (kind, room) in scene.Others)
        {
            foreach (var (here, nowhere) in PathsOf(room.Value).Zip(PathsOf(Nowhere)))
            {
                var (answer, other) = (await browser.GetAsync(here), await browser.GetAsync(nowhere));
                Assert.True((answer.Status, answer.Text) == (other.Status, other.Text) && answer.Status == HttpStatusCode.Redirect, $"{who}: {here}, {kind}: {answer.Status}");
                Assert.Equal(CanaryTests.Comparable(other, Nowhere), CanaryTests.Comparable(answer, room.Value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(World))]
    public async Task Nor_by_any_carrier_which_are_not_for_the_world_at_all(string who)
    {
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            foreach (var room in scene.Others.Values.Append(scene.Public).Append(new RoomId(Nowhere)))
            {
                await using var listening = await scene.World[who].ListenAsync(room, carrier, "abc.1");
                Assert.Equal(HttpStatusCode.Unauthorized, listening.Status);
                if (carrier != Carrier.WebSocket) await listening.HearToTheEndAsync();
                Assert.DoesNotContain(Canary, listening.Heard, StringComparison.Ordinal);
            }
        }
    }

    IEnumerable<Call> Reading() => Call.All(scene.Endpoints).Where(c => c.IsSafe && c.Endpoint.Address != "rooms/{id:long}/live");

    static IEnumerable<string> PathsOf(long room) => Ends.Select(end => $"/rooms/{room}{end}");

    static bool Says(Answer answer, string word) => CanaryTests.Says(answer, word);
}
