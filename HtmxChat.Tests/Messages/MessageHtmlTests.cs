using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages;

public sealed class MessageHtmlTests(SharedSite shared)
{
    readonly MessageHtml html = shared.Site.Services.GetRequiredService<MessageHtml>();

    [Fact]
    public async Task A_message_is_the_same_bytes_on_every_page_and_on_every_carrier()
    {
        var room = await shared.NewRoomAsync();
        var position = await shared.Ann.PositionAsync(room);
        await using var socket = await shared.Ann.ListenAsync(room, Carrier.WebSocket, position);
        await using var events = await shared.Bob.ListenAsync(room, Carrier.ServerSentEvents, position);
        await using var stream = await shared.Bob.ListenAsync(room, Carrier.Html);

        await shared.Bob.SayAsync(room, "The same – for \"everybody\".");

        var element = Element((await shared.Ann.GetAsync($"/rooms/{room}")).Text);
        Assert.Contains("data-author", element, StringComparison.Ordinal);
        Assert.Equal(element, Element((await shared.Bob.GetAsync($"/rooms/{room}")).Text));
        Assert.Equal(element, Element((await shared.Bob.GetAsync($"/rooms/{room}/older?before=2")).Text));
        foreach (var reader in new[] { socket, events, stream })
        {
            await reader.HearAsync("</article>");
            Assert.Equal(element, Element(reader.Heard));
        }
    }

    [Theory]
    [InlineData("one")]
    [InlineData("one\ntwo\n\n\tfour")]
    [InlineData("data: x\nid: 7\n\nevent: head\ndata: y.1\n")]
    [InlineData("<pre>\n</pre>")]
    public async Task A_message_is_one_line_whatever_its_text_has(string text)
    {
        var bytes = await html.RenderAsync(Message(text), Ct);

        Assert.DoesNotContain((byte)'\n', bytes);
        Assert.DoesNotContain((byte)'\r', bytes);
    }

    [Theory]
    [InlineData(Placement.OpensDay)]
    [InlineData(Placement.OpensGroup)]
    [InlineData(Placement.Continues)]
    public async Task A_message_of_one_line_is_at_most_one_kilobyte_on_the_wire(Placement placement)
    {
        var line = "Shall we meet at the usual place tomorrow, or is it going to rain all day again?";
        var message = Message(line, placement);

        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            var frame = Wire.Frame(new Batch { Position = new("k3v9q2ma", 123_456), Events = [await html.EventAsync(message, Ct)] }, carrier);
            Assert.InRange(frame.Length, line.Length, 1024);
        }
    }

    [Fact]
    public async Task A_message_says_its_time_in_UTC_and_its_day_when_it_opens_one()
    {
        var opens = Encoding.UTF8.GetString(await html.RenderAsync(Message("x", Placement.OpensDay), Ct));
        var continues = Encoding.UTF8.GetString(await html.RenderAsync(Message("x", Placement.Continues), Ct));

        Assert.Contains("""<time datetime="2026-05-04T09:08:07.060Z" title="4 May 2026, 09:08 UTC">09:08</time>""", opens, StringComparison.Ordinal);
        Assert.Contains("Monday, 4 May 2026", opens, StringComparison.Ordinal);
        Assert.DoesNotContain("Monday", continues, StringComparison.Ordinal);
    }

    // Each has a number of its own: what is rendered is kept by number.
    static long newest = 100_000;

    static Message Message(string text, Placement placement = Placement.OpensGroup)
    {
        var seq = Interlocked.Increment(ref newest);
        var sentAt = new DateTimeOffset(2026, 5, 4, 11, 8, 7, 60, TimeSpan.FromHours(2));
        return new(new RoomId(999), seq, seq, new Author(new PersonId(1_234), "Katharina Lindqvist"), ClientKey.New().Text, text, sentAt, placement, EditedAt: null, DeletedAt: null);
    }

    static string Element(string page) => Assert.Single(page.Split("<article ").Skip(1)).Split("</article>")[0];
}
