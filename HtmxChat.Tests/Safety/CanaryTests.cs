using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Safety;

/// <summary>
/// A word that stands in a closed and in a direct room alone. Whoever may not read them uses everything that the program
/// answers, with their numbers: the word never comes, and nothing tells them from rooms that there are not.
/// </summary>
public sealed partial class CanaryTests(CanaryScene scene) : IClassFixture<CanaryScene>
{
    const string Canary = CanaryScene.Canary;
    const long Nowhere = 999_999;

    readonly Dictionary<string, Browser> outsiders = scene.Outsiders;
    readonly Browser ann = scene.Ann;
    readonly Browser bob = scene.Bob;
    readonly List<KnownEndpoint> endpoints = scene.Endpoints;
    readonly RoomId closed = scene.Closed;
    readonly RoomId direct = scene.Direct;

    public static TheoryData<string> Outsiders => ["another", "removed", "banned", "nobody"];

    [Fact]
    public async Task Those_who_are_in_these_rooms_find_it()
    {
        var token = (await bob.GetAsync("/rooms/new")).Field(Call.Token);
        var found = new HashSet<string>();
        foreach (var call in Call.All(endpoints).Where(c => c.IsSafe && c.Endpoint.Address != "rooms/{id:long}/live"))
        {
            if (Says(await call.SendAsync(bob, closed.Value, token), Canary)) found.Add(call.Endpoint.Address);
        }

        Assert.Superset(new HashSet<string> { "rooms/{id:long}", "rooms/{id:long}/about", "rooms/{id:long}/composer", "rooms/{id:long}/older", "rooms/{id:long}/messages/{seq:long}/preview", "rooms/{id:long}/messages/{seq:long}/preview.webp", "rooms/{id:long}/messages/{seq:long}/thread", "threads" }, found);
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var listening = await bob.ListenAsync(direct, carrier);
            await listening.HearAsync(Canary);
        }
    }

    [Theory]
    [MemberData(nameof(Outsiders))]
    public async Task Nobody_else_is_ever_told_it_nor_that_there_is_such_a_room(string who)
    {
        foreach (var call in Call.All(endpoints))
        {
            var nowhere = await CallAsync(call, who, Nowhere);
            foreach (var room in new[] { closed.Value, direct.Value })
            {
                var answer = await CallAsync(call, who, room);
                Assert.False(Says(answer, Canary), $"{who}: {call} says it: {answer.Status}");
                Assert.True(answer.Status == nowhere.Status, $"{who}: {call}: {answer.Status}, and where there is no room {nowhere.Status}");
                Assert.Equal(Comparable(nowhere, Nowhere), Comparable(answer, room));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Outsiders))]
    public async Task Nor_do_they_hear_it_by_any_carrier(string who)
    {
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            foreach (var room in new[] { closed, direct, new RoomId(Nowhere) })
            {
                await using var listening = await outsiders[who].ListenAsync(room, carrier, "abc.1");
                Assert.Equal(who is "nobody" or "banned" ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound, listening.Status);
                if (carrier != Carrier.WebSocket) await listening.HearToTheEndAsync();
                Assert.DoesNotContain(Canary, listening.Heard, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Who_listens_in_the_next_room_hears_nothing_of_it()
    {
        var listening = await Task.WhenAll(Enum.GetValues<Carrier>().Select(carrier => outsiders["removed"].ListenAsync(new RoomId(1), carrier)));

        foreach (var room in new[] { closed, direct }) await bob.SayAsync(room, $"{Canary} three");
        await bob.SayAsync(new RoomId(1), "The end.");

        foreach (var reader in listening)
        {
            await reader.HearAsync("The end.");
            Assert.DoesNotContain(Canary, reader.Heard, StringComparison.Ordinal);
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_post_over_an_open_connection_goes_to_that_connections_room_whatever_it_says()
    {
        await using var socket = (SocketReader)await outsiders["another"].ListenAsync(new RoomId(1), Carrier.WebSocket);
        await socket.SayAsync($$$"""{"key":"0123456789abcdef","text":"Where am I?","room":{{{closed}}},"id":{{{closed}}},"HEADERS":{"HX-Current-URL":"/rooms/{{{closed}}}"}}""");

        await socket.HearAsync("\"ack\"");

        Assert.DoesNotContain("Where am I?", (await bob.GetAsync($"/rooms/{closed}")).Messages);
        Assert.Contains("Where am I?", (await bob.GetAsync("/rooms/1")).Messages);
    }

    [Fact]
    public async Task A_room_can_be_called_as_one_is_that_one_may_not_know_of()
    {
        var (name, another) = ("Parrot den", outsiders["another"]);
        var closed = CanaryScene.RoomOf(await ann.SubmitAsync("/rooms/new", ("Name", name), ("Closed", "true")));

        var room = await another.NewRoomAsync(name);
        Assert.Equal(HttpStatusCode.Redirect, (await another.SubmitAsync("/rooms/new", ("Name", name), ("Closed", "true"))).Status);
        var renamed = await another.NewRoomAsync("Renamed");
        Assert.Equal(HttpStatusCode.Redirect, (await another.SubmitAsync($"/rooms/{renamed}/settings", ("Name", "Other"), ("Kind", "Closed"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await another.SubmitAsync($"/rooms/{renamed}/settings", ("Name", name))).Status);

        // Of open ones there is one of a name, also when a closed one is opened.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await another.SubmitAsync("/rooms/new", ("Name", name.ToUpperInvariant()))).Status);
        var opened = await ann.SubmitAsync($"/rooms/{closed}/settings", ("Kind", "Open"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, opened.Status);
        Assert.Contains("another name first", opened.TextOf("#kind-problem"), StringComparison.Ordinal);
        await another.SubmitAsync($"/rooms/{room}/settings", ("Name", "Free again"));
        Assert.Equal(HttpStatusCode.Redirect, (await ann.SubmitAsync($"/rooms/{closed}/settings", ("Kind", "Open"))).Status);
    }

    async Task<Answer> CallAsync(Call call, string who, long room)
    {
        var browser = outsiders[who];
        var isIn = who is not ("nobody" or "banned");
        var token = call.IsSafe ? null : (await browser.GetAsync(isIn ? "/rooms/new" : "/sign-in")).Field(Call.Token);
        var answer = await call.SendAsync(browser, room, token);

        // Each is tried once and not the tenth time.
        await scene.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update people set proof_tries = 0"), Ct);

        // It may have signed them out, as it should.
        if (!call.IsSafe && isIn && (await browser.GetAsync("/rooms/new")).Status != HttpStatusCode.OK) outsiders[who] = await scene.Site.SignInAsync(who);
        return answer;
    }

    internal static bool Says(Answer answer, string word) =>
        answer.Text.Contains(word, StringComparison.OrdinalIgnoreCase) || answer.Headers.Values.Any(v => v.Contains(word, StringComparison.OrdinalIgnoreCase));

    // Without what the caller has said, and what is another each time.
    internal static string Comparable(Answer answer, long room) =>
        Regex.Replace(Random().Replace($"{answer.Location}\n{answer.Text}", ""), $@"(?<=rooms(/|%2F)|room(=|%3D)){room.ToString(CultureInfo.InvariantCulture)}(?!\d)", "#");

    [GeneratedRegex("""value="[A-Za-z0-9_-]{22,}"|"challenge":"[^"]+"|<path d="[^"]+"|<span class="code">[^<]+|(?<=/phone/)[a-z0-9]+|datetime="[^"]+"|(?<=<time >)[0-9:]+|>(That is not your password|Too many wrong passwords)[^<]+|Name [0-9a-f]{32}|(?<=^/rooms/)\d+(?=/about\n|\n)""")]
    private static partial Regex Random();
}
