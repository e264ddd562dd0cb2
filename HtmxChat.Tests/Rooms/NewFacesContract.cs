using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Rooms;

/// <summary>People's new names and pictures on pages that are open, on either database.</summary>
public abstract class NewFacesContract(SharedSite shared)
{
    static int people;

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task A_new_name_and_picture_come_to_stand_on_the_pages_of_others_and_on_ones_own(Carrier carrier)
    {
        var (dora, id) = await NewPersonAsync();
        await using var page = await shared.Ann.LoadAndListenAsync(new RoomId(1), carrier);
        await using var own = await dora.LoadAndListenAsync(new RoomId(1), carrier);

        await dora.SubmitAsync("/account", ("Name", $"Dóra <{id}>"));

        var name = $"""hx-swap="innerHTML">D&#xF3;ra &lt;{id}&gt;</hx-partial>""";
        await page.HearAsync(name);
        Assert.Contains($"""<hx-partial hx-target="[data-author='{id}']>.by>b>a,""", page.Heard, StringComparison.Ordinal);
        Assert.Contains($"""<hx-partial hx-target="[data-author='{id}']>.by>.face,[data-viewer='{id}']~nav .me .face" hx-swap="outerHTML"><span class="face""", page.Heard, StringComparison.Ordinal);

        // One's own connections end and come back, from the page as it was.
        await own.HearToTheEndAsync();
    }

    [Fact]
    public async Task A_page_that_was_away_is_told_when_it_is_back_and_one_that_was_made_since_is_not()
    {
        var (dora, id) = await NewPersonAsync();
        var loaded = await shared.Ann.GetAsync("/rooms/1");
        await using var open = await shared.Ann.LoadAndListenAsync(new RoomId(1), Carrier.WebSocket);

        await dora.SubmitAsync("/account", ("Name", $"Renamed {id}"));
        await open.HearAsync($"Renamed {id}</hx-partial>");

        await using var back = await shared.Ann.ListenAsync(new RoomId(1), Carrier.WebSocket, loaded);
        await back.HearAsync($"Renamed {id}</hx-partial>");
        var (stamp, madeAt) = (loaded.Only("#shown").GetAttribute("value")!.Split('-')[0], DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds());
        await using var fresh = await shared.Ann.ListenAsync(new RoomId(1), Carrier.WebSocket, $"{loaded.Only("#position").GetAttribute("value")}&shown={stamp}-{madeAt}");
        await shared.NewRoomAsync();
        await fresh.HearAsync("room-list");
        Assert.DoesNotContain($"Renamed {id}</hx-partial>", fresh.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_direct_room_is_called_by_the_new_name_in_the_list_and_on_its_own_page()
    {
        var (dora, id) = await NewPersonAsync();
        var direct = await shared.Bob.NewDirectRoomAsync($"{id}");
        await using var page = await shared.Bob.LoadAndListenAsync(direct, Carrier.WebSocket);

        await dora.SubmitAsync("/account", ("Name", $"Called anew {id}"));

        await page.HearAsync($"""<h1 id="room-name" dir="auto"><a href="/rooms/{direct}/about">Called anew {id}</a></h1>""");
        Assert.Contains($"""<span class="name" dir="auto">Called anew {id}</span>""", page.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("af63ad4c86019caf")]
    [InlineData("af63ad4c86019caf-x")]
    [InlineData("a-1-2")]
    [InlineData("a-99999999999999999")]
    public void A_page_that_does_not_say_when_it_was_made_is_told_everything(string? words) => Assert.Equal(DateTimeOffset.UnixEpoch, RoomList.ShownAt(words));

    async Task<(Browser Browser, long Id)> NewPersonAsync()
    {
        var browser = await shared.Site.JoinAsync(shared.Ann, $"Face {Interlocked.Increment(ref people)}");
        return (browser, long.Parse(await browser.NumberAsync()));
    }
}

public sealed class SqliteNewFacesTests(SharedSite shared) : NewFacesContract(shared);

public sealed class PostgresNewFacesTests(PostgresSite shared) : NewFacesContract(shared), IClassFixture<PostgresSite>;
