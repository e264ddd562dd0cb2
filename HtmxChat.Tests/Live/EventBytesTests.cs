using System.Text;
using CsCheck;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class EventBytesTests
{
    static readonly LogEvent Example = new(258, LogEventKind.Replace, "m-7", "<p>é</p>"u8.ToArray()) { Thread = 5 };

    [Fact]
    public void An_event_stands_there_as_it_is_described() =>
        Assert.Equal([2, 1, 2, 1, 0, 0, 0, 0, 0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 0, 3, .. "m-7<p>é</p>"u8], EventBytes.Write(Example));

    [Fact]
    public void What_was_written_is_read_again() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Enum<LogEventKind>(), Gen.String[Gen.Char['a', 'z'], 1, 255], Gen.Byte[32, 255].Array[0, 2_000], Gen.Long[1, long.MaxValue], Gen.Bool).Sample((seq, kind, id, html, thread, isInRoom) =>
        {
            var read = EventBytes.Read(EventBytes.Write(new LogEvent(seq, kind, id, html) { Thread = isInRoom ? null : thread, IsInRoom = isInRoom }))!;

            Assert.Equal((seq, kind, id, isInRoom ? null as long? : thread, isInRoom), (read.Seq, read.Kind, read.ElementId, read.Thread, read.IsInRoom));
            Assert.Equal(html, read.Html.ToArray());
        });

    [Fact]
    public void Whatever_else_comes_is_nothing_and_no_error() =>
        Gen.Byte.Array[0, 40].Sample(bytes => EventBytes.Read(bytes) is null or { Seq: > 0, ElementId.Length: > 0 });

    [Fact]
    public void Every_cut_of_an_event_before_its_html_is_nothing()
    {
        var whole = EventBytes.Write(Example with { Html = default });
        Assert.NotNull(EventBytes.Read(whole));

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Null(EventBytes.Read(whole.AsMemory(0, length))));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 4)]
    [InlineData(10, 2)]
    [InlineData(19, 0)]
    public void Another_version_an_unknown_kind_and_an_element_without_a_name_are_nothing(int place, byte value)
    {
        var bytes = EventBytes.Write(Example);
        bytes[place] = value;

        Assert.Null(EventBytes.Read(bytes));
    }

    [Theory]
    [InlineData("<p>\n</p>")]
    [InlineData("<p>\r</p>")]
    public void Html_with_a_line_break_is_nothing(string html) =>
        Assert.Null(EventBytes.Read(EventBytes.Write(Example with { Html = Encoding.UTF8.GetBytes(html) })));

    [Fact]
    public void A_name_that_is_too_long_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EventBytes.Write(Example with { ElementId = new string('a', 256) }));
}
