using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Messages.Writing;

/// <summary>Who is typing, as the pages of a room are told.</summary>
public sealed class TypingTests(SharedSite shared)
{
    readonly FakeTimeProvider time = new();
    readonly TypingRoom room = new();

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task Others_are_told_who_types_until_they_stop_and_whoever_types_is_not(Carrier carrier)
    {
        var there = await shared.NewRoomAsync();
        await using var ann = await shared.Ann.LoadAndListenAsync(there, carrier);
        await using var bob = (SocketReader)await shared.Bob.LoadAndListenAsync(there, Carrier.WebSocket);

        if (carrier == Carrier.WebSocket) await bob.SayAsync("""{"typing":true}""");
        else await shared.Bob.PostAsync($"/rooms/{there}/typing", ("typing", "true"));
        await ann.HearAsync("""<p id="typing" aria-hidden="true" data-of="2"><b dir="auto">Bob</b> is typing…</p>""");

        await bob.SayAsync("""{"typing":false}""");
        await ann.HearAsync("""<p id="typing" aria-hidden="true" data-of=""></p>""");
        Assert.DoesNotContain("id=\"typing\"", bob.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_ends_it()
    {
        var there = await shared.NewRoomAsync();
        await using var ann = await shared.Ann.LoadAndListenAsync(there, Carrier.WebSocket);
        await shared.Bob.PostAsync($"/rooms/{there}/typing", ("typing", "true"));
        await ann.HearAsync("is typing…");

        await shared.Bob.SayAsync(there, "Here it is.");

        await ann.HearAsync("""data-of=""></p>""");
    }

    [Fact]
    public async Task Whoever_wants_it_so_or_may_not_write_is_not_shown_typing()
    {
        var there = await shared.NewRoomAsync();
        var shy = await shared.Site.JoinAsync(shared.Ann, "Shy");
        await shy.SubmitAsync("/account/comfort", ("SharesTyping", "false"));
        Assert.Equal("", (await shy.GetAsync($"/rooms/{there}")).Only("#live").GetAttribute("data-typing"));
        var closed = await shared.Ann.NewClosedRoomAsync($"Closed {Guid.NewGuid():N}");
        await using var ann = await shared.Ann.LoadAndListenAsync(there, Carrier.WebSocket);

        await shy.PostAsync($"/rooms/{there}/typing", ("typing", "true"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await shy.PostAsync($"/rooms/{closed}/typing", ("typing", "true"))).Status);
        await shared.Bob.PostAsync($"/rooms/{there}/typing", ("typing", "true"));

        await ann.HearAsync("<b dir=\"auto\">Bob</b> is typing…");
        Assert.DoesNotContain("Shy</b>", ann.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_over_after_five_seconds_without_a_word_and_heard_at_most_once_a_second()
    {
        var page = Page(person: 1);
        Assert.True(Types(7, "Gus"));
        Assert.False(Types(7, "Gus"));
        Assert.Contains("Gus", Told(page), StringComparison.Ordinal);
        Assert.Equal("", Told(page));

        time.Advance(Typing.Lasts - TimeSpan.FromSeconds(1));
        Assert.True(Types(7, "Gus"));
        time.Advance(Typing.Lasts - TimeSpan.FromTicks(1));
        Assert.Equal("", Told(page));
        Assert.False(room.IsOver);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Contains("data-of=\"\"></p>", Told(page), StringComparison.Ordinal);
        Assert.True(room.IsOver);
    }

    [Fact]
    public void Several_are_named_in_the_order_in_which_they_began_and_many_are_not()
    {
        var (page, gus) = (Page(person: 1), Page(person: 7));
        Types(7, "Gus <b>");
        time.Advance(TimeSpan.FromSeconds(1));
        Types(8, "Hal");
        Assert.Contains("<b dir=\"auto\">Gus &lt;b&gt;</b> and <b dir=\"auto\">Hal</b> are typing…", Told(page, gus), StringComparison.Ordinal);
        Assert.Contains("<b dir=\"auto\">Hal</b> is typing…", Taken(gus), StringComparison.Ordinal);

        Types(9, "Ida");
        Assert.Contains("Several people are typing…", Told(page, gus), StringComparison.Ordinal);
        Assert.Contains("<b dir=\"auto\">Hal</b> and <b dir=\"auto\">Ida</b> are typing…", Taken(gus), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_pages_are_told_of_ten_who_type_in_one_small_frame_a_second_at_most()
    {
        var pages = Enumerable.Range(1, 1_000).Select(Page).ToList();
        var (frames, longest) = (0, 0);

        for (var second = 0; second < 30; second++)
        {
            for (var person = 1; person <= 10; person++) if ((second + person) % 3 != 0) Types(person, $"Person number {person}");
            room.Tell(pages, time);
            foreach (var page in pages)
            {
                var frame = page.Aside.Take(Carrier.WebSocket);
                Assert.True(page.Aside.Take(Carrier.WebSocket).IsEmpty);
                (frames, longest) = (frames + (frame.IsEmpty ? 0 : 1), Math.Max(longest, frame.Length));
            }
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(frames, pages.Count, pages.Count * 30);
        Assert.InRange(longest, 1, 300);
    }

    bool Types(long person, string name) => room.Note(new PersonId(person), name, time);

    LiveConnection Page(int person) => new LiveConnections(time, Ct).Open(new LiveHolder("s", new PersonId(person), new RoomId(1)), () => { });

    string Told(params LiveConnection[] pages)
    {
        room.Tell(pages, time);
        return Taken(pages[0]);
    }

    static string Taken(LiveConnection page) => Encoding.UTF8.GetString(page.Aside.Take(Carrier.WebSocket).Span);
}
