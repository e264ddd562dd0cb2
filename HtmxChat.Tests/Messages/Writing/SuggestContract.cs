using System.Net;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Writing;

/// <summary>What is suggested to somebody who types.</summary>
public abstract class SuggestContract(SharedSite shared)
{
    static int names;

    [Fact]
    public async Task Those_stand_first_who_spoke_in_the_room_lately_and_oneself_is_not_offered()
    {
        var room = await shared.NewRoomAsync();
        var (name, people) = ($"Zed{Interlocked.Increment(ref names)}", new List<Browser>());
        foreach (var end in new[] { "Ada", "Ben", "Cyd" }) people.Add(await shared.Site.JoinAsync(shared.Ann, $"{name} {end}"));
        await people[2].SayAsync(room, "First.");
        await people[1].SayAsync(room, "Second.");

        var lower = name.ToLowerInvariant();
        Assert.Equal([$"@{lower}.ben", $"@{lower}.cyd", $"@{lower}.ada"], await OfferedAsync(shared.Bob, room, $"@{name}"));
        Assert.Equal([$"@{lower}.ada"], await OfferedAsync(shared.Bob, room, $"@{name}.a"));
        Assert.Equal([$"@{lower}.cyd", $"@{lower}.ada"], await OfferedAsync(people[1], room, $"@{lower}"));
        Assert.Empty(await OfferedAsync(shared.Bob, room, "@nobody.at.all"));
        Assert.InRange((await OfferedAsync(shared.Bob, room, "@")).Count, 3, Suggestions.Most);
    }

    [Fact]
    public async Task In_a_closed_room_its_members_are_offered_and_to_others_there_is_no_such_room()
    {
        var room = await shared.Ann.NewClosedRoomAsync($"Closed for suggestions {Interlocked.Increment(ref names)}");
        var name = $"Yan{Interlocked.Increment(ref names)}";
        var yan = await shared.Site.JoinAsync(shared.Ann, name);

        Assert.Empty(await OfferedAsync(shared.Ann, room, $"@{name}"));
        Assert.Equal(HttpStatusCode.NotFound, (await yan.GetAsync($"/rooms/{room}/suggest?q=@ann")).Status);
        await shared.Ann.AddAsync(room, await yan.NumberAsync());
        Assert.Equal([$"@{name.ToLowerInvariant()}"], await OfferedAsync(shared.Ann, room, $"@{name}"));
        Assert.Equal(["@ann"], await OfferedAsync(yan, room, "@ann"));
    }

    [Fact]
    public async Task Everybody_is_offered_to_those_who_may_call_them()
    {
        var room = await shared.NewRoomAsync();
        Assert.Contains("@room", await OfferedAsync(shared.Bob, room, "@roo"));

        await shared.Ann.SubmitAsync($"/rooms/{room}/settings", ("CallingAll", "Administrators"));

        Assert.DoesNotContain("@room", await OfferedAsync(shared.Bob, room, "@roo"));
        Assert.Contains("@room", await OfferedAsync(shared.Ann, room, "@roo"));
    }

    [Fact]
    public async Task Commands_are_offered_after_a_slash_and_nothing_after_anything_else()
    {
        var room = await shared.NewRoomAsync();

        Assert.Equal(["/me", "/topic", "/invite", "/away", "/shrug", "/help"], await OfferedAsync(shared.Bob, room, "/"));
        Assert.Equal(["/topic"], await OfferedAsync(shared.Bob, room, "/TO"));
        foreach (var other in new[] { "", "ann", "#", $"@{new string('x', 200)}", "@%", "@_", "@'" }) Assert.Empty(await OfferedAsync(shared.Bob, room, other));
        Assert.Equal(HttpStatusCode.OK, (await shared.Bob.GetAsync($"/rooms/{room}/suggest")).Status);
    }

    static async Task<List<string>> OfferedAsync(Browser by, RoomId room, string begun)
    {
        var answer = await by.GetAsync($"/rooms/{room}/suggest?q={Uri.EscapeDataString(begun)}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. answer.Page.QuerySelectorAll("[role=option]").Select(o => o.GetAttribute("data-put")!)];
    }
}

public sealed class SqliteSuggestTests(SharedSite shared) : SuggestContract(shared);

public sealed class PostgresSuggestTests(PostgresSite shared) : SuggestContract(shared), IClassFixture<PostgresSite>;
