using System.Net;
using System.Net.Sockets;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Reading;

/// <summary>Which of somebody's pages they look at, and what only asks whether a room is there.</summary>
public sealed class WatchedPagesTests(SharedSite shared)
{
    const int Tcp = 6;
    const int UserTimeout = 18;

    [Fact]
    public async Task A_page_that_lives_on_events_speaks_for_itself_alone()
    {
        var (room, bob) = (await shared.NewRoomAsync(), await shared.Site.SignInAsync("Bob"));
        await using var first = await ListenAsync(bob, room, "first1");
        await using var second = await ListenAsync(bob, room, "second2");
        await using var socket = (SocketReader)await bob.ListenAsync(room, Carrier.WebSocket, await bob.PositionAsync(room));
        await socket.SayAsync("""{"here":true}""");
        await socket.SayAsync("""{"key":"after","text":""}""");
        await socket.HearAsync("after");

        await SayAsync(bob, room, "first1", "true");
        Assert.Equal(["", "first1"], Watched(room));
        await SayAsync(bob, room, "second2", "true");
        await SayAsync(bob, room, "first1", "false");
        Assert.Equal(["", "second2"], Watched(room));

        await using var stranger = await ListenAsync(shared.Ann, room, "second2");
        await SayAsync(shared.Ann, room, "second2", "false");
        Assert.Equal(["", "second2"], Watched(room));
    }

    [Fact]
    public async Task Asking_whether_a_room_is_there_reads_nothing_in_it()
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await shared.Bob.GetAsync($"/rooms/{there}");
        await shared.Ann.SayAsync(there, "Unread.");

        foreach (var address in new[] { $"/rooms/{there}", $"/rooms/{there}/live" })
        {
            var answer = await shared.Bob.SendAsync(HttpMethod.Head, address, content: null);
            Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Header("Set-Cookie")));
        }

        Assert.Equal("1 unread", (await shared.Bob.GetAsync($"/rooms/{here}")).Only($"#mark-{there}").TextContent);
    }

    [Fact]
    public async Task Who_asks_so_is_told_that_they_are_signed_out_or_may_not_read()
    {
        var closed = (await shared.Ann.SubmitAsync("/rooms/new", ("Name", $"Closed {Guid.NewGuid():N}"), ("Closed", "true"))).Location!.Split('/')[2];

        Assert.Equal(HttpStatusCode.Unauthorized, (await shared.Site.NewBrowser().SendAsync(HttpMethod.Head, "/rooms/1/live", content: null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.SendAsync(HttpMethod.Head, $"/rooms/{closed}/live", content: null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await shared.Ann.SendAsync(HttpMethod.Head, $"/rooms/{closed}/live", content: null)).Status);
    }

    [Fact]
    public async Task A_computer_that_falls_asleep_is_noticed_by_what_it_leaves_unconfirmed_on_every_carrier()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked for it.");
        var sockets = new Sockets();
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<IStartupFilter>(sockets));
        var (ann, room) = (await site.SetUpByAnnAsync(), new RoomId(1));

        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var page = await ann.ListenAsync(room, carrier, await ann.PositionAsync(room));
            await page.HearAsync(carrier == Carrier.Html ? "id=\"messages\"" : "head");
            var milliseconds = new byte[sizeof(int)];
            Assert.Equal(sizeof(int), sockets.Newest!.GetRawSocketOption(Tcp, UserTimeout, milliseconds));
            Assert.Equal((int)DirectSocket.MaxUnconfirmed.TotalMilliseconds, BitConverter.ToInt32(milliseconds));
        }
    }

    static Task<LiveReader> ListenAsync(Browser person, RoomId room, string page) => HeardAsync(person.ListenByStreamAsync(room, $"k3v9q2ma.0&page={page}", ("Accept", "text/event-stream")));

    static async Task<LiveReader> HeardAsync(Task<LiveReader> opening)
    {
        var reader = await opening;
        await reader.HearAsync("head");
        return reader;
    }

    static async Task SayAsync(Browser person, RoomId room, string page, string here) =>
        Assert.Equal(HttpStatusCode.NoContent, (await person.PostAsync($"/rooms/{room}/here", ("here", here), ("page", page))).Status);

    IEnumerable<string> Watched(RoomId room) =>
        shared.Site.Services.GetRequiredService<LiveConnections>().Open().Where(c => c.Holder.Room == room && c.View.IsWatched).Select(c => c.View.Name ?? "").Order();

    /// <summary>The server's end of the live connection that was asked for last.</summary>
    sealed class Sockets : IStartupFilter
    {
        public Socket? Newest { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                if (http.Request.Path.Value!.EndsWith("/live", StringComparison.Ordinal)) Newest = http.Features.Get<IConnectionSocketFeature>()?.Socket;
                return rest(http);
            });
            next(app);
        };
    }
}
