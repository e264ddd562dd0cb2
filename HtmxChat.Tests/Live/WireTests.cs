using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>The bytes on the wire, as docs/wire.md shows them.</summary>
public sealed class WireTests
{
    static readonly LogEvent First = Event(57, LogEventKind.Insert, "m-57", """<article id="m-57">One.</article>""");
    static readonly LogEvent Second = Event(58, LogEventKind.Insert, "m-58", """<article id="m-58">Zwei – две.</article>""");
    static readonly LogEvent Change = Event(59, LogEventKind.Replace, "m-57", """<article id="m-57">One, edited.</article>""");
    static readonly LogEvent Third = Event(60, LogEventKind.Insert, "m-60", """<article id="m-60">Three.</article>""");

    static readonly LogEvent NewName = Event(61, LogEventKind.ReplaceOutside, "heading", """<div id="heading" data-seq="61"><h1 id="room-name">Attic</h1></div>""");

    static readonly string Documented = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "wire.md"));

    static readonly Batch Inserts = Events(First, Second);
    static readonly Batch Replacement = Events(Change);
    static readonly Batch Mixed = Events(Second, Change, Third);
    static readonly Batch Versions = Events(First, Second, Change);
    static readonly Batch Renaming = Events(NewName);
    static readonly Batch Removal = Events(Event(62, LogEventKind.Remove, "m-57", ""));
    static readonly Batch InThread = Events(
        Event(57, LogEventKind.Insert, "m-57", """<article id="m-57">One.</article>""") with { Thread = 42, IsInRoom = false },
        Event(58, LogEventKind.Replace, "m-42", """<article id="m-42">Root, 1 reply.</article>""") with { Thread = 42 });
    static readonly Batch InBoth = Events(
        Event(59, LogEventKind.Insert, "m-59", """<article id="m-59">Both.</article>""") with { Thread = 42 },
        Event(60, LogEventKind.Replace, "m-59", """<article id="m-59">Both, edited.</article>""") with { Thread = 42 });
    static readonly Batch Heartbeat = new() { Position = new("k3v9q2ma", 58) };
    static readonly Batch WholeList = new() { Position = new("k3v9q2ma", 57), Snapshot = new(57, Encoding.UTF8.GetBytes("""<article id="m-57">One.</article>"""), RecentId: null, [Element("heading", """<div id="heading"><h1 id="room-name">Attic</h1></div>"""), Element("writers", """<p id="writers" class="hint everybody"></p>""")]) };

    [Fact]
    public void WebSocket_new_messages_are_one_upsert_and_the_new_position() => Frames(Carrier.WebSocket, Inserts,
        """<hx-upsert hx-target="#messages"><article id="m-57">One.</article><article id="m-58">Zwei – две.</article></hx-upsert>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.58"></data></hx-partial>""");

    [Fact]
    public void WebSocket_a_change_takes_the_place_of_its_element() => Frames(Carrier.WebSocket, Replacement,
        """<hx-partial hx-target="#m-57" hx-swap="outerMorph"><article id="m-57">One, edited.</article></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.59"></data></hx-partial>""");

    [Fact]
    public void WebSocket_new_messages_and_changes_keep_their_order() => Frames(Carrier.WebSocket, Mixed,
        """<hx-upsert hx-target="#messages"><article id="m-58">Zwei – две.</article></hx-upsert>""" +
        """<hx-partial hx-target="#m-57" hx-swap="outerMorph"><article id="m-57">One, edited.</article></hx-partial>""" +
        """<hx-upsert hx-target="#messages"><article id="m-60">Three.</article></hx-upsert>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.60"></data></hx-partial>""");

    [Fact]
    public void WebSocket_a_new_name_takes_the_place_of_the_heading() => Frames(Carrier.WebSocket, Renaming,
        """<hx-partial hx-target="#heading" hx-swap="outerHTML"><div id="heading" data-seq="61"><h1 id="room-name">Attic</h1></div></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.61"></data></hx-partial>""");

    [Fact]
    public void WebSocket_a_message_that_is_gone_is_taken_out() => Frames(Carrier.WebSocket, Removal,
        """<hx-partial hx-target="#m-57,#m-57t" hx-swap="delete"></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.62"></data></hx-partial>""");

    [Fact]
    public void WebSocket_a_message_in_a_thread_goes_to_its_list_and_what_it_began_with_is_shown_anew_in_both_places() => Frames(Carrier.WebSocket, InThread,
        """<hx-upsert hx-target="#thread-42"><article id="m-57">One.</article></hx-upsert>""" +
        """<hx-partial hx-target="#m-42" hx-swap="outerMorph"><article id="m-42">Root, 1 reply.</article></hx-partial>""" +
        """<hx-partial hx-target="#m-42t" hx-swap="outerMorph"><article id="m-42t">Root, 1 reply.</article></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.58"></data></hx-partial>""");

    [Fact]
    public void WebSocket_what_the_room_shows_too_goes_to_both_lists_under_different_ids() => Frames(Carrier.WebSocket, InBoth,
        """<hx-upsert hx-target="#messages"><article id="m-59">Both.</article></hx-upsert>""" +
        """<hx-upsert hx-target="#thread-42"><article id="m-59t">Both.</article></hx-upsert>""" +
        """<hx-partial hx-target="#m-59" hx-swap="outerMorph"><article id="m-59">Both, edited.</article></hx-partial>""" +
        """<hx-partial hx-target="#m-59t" hx-swap="outerMorph"><article id="m-59t">Both, edited.</article></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.60"></data></hx-partial>""");

    [Fact]
    public void Streamed_page_what_a_thread_alone_shows_is_left_out_and_what_it_began_with_comes_again() => Frames(Carrier.Html, InThread,
        """<link rel="stylesheet" href="/live/superseded.css?id=m-42&amp;seq=58"><article id="m-42">Root, 1 reply.</article>""" +
        "\n");

    [Fact]
    public void WebSocket_the_whole_list_replaces_what_is_in_the_list() => Frames(Carrier.WebSocket, WholeList,
        """<hx-partial hx-target="#messages" hx-swap="innerHTML"><article id="m-57">One.</article></hx-partial>""" +
        """<hx-partial hx-target="#thread-anew" hx-swap="textContent">57</hx-partial>""" +
        """<hx-partial hx-target="#heading" hx-swap="outerHTML"><div id="heading"><h1 id="room-name">Attic</h1></div></hx-partial>""" +
        """<hx-partial hx-target="#writers" hx-swap="outerHTML"><p id="writers" class="hint everybody"></p></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.57"></data></hx-partial>""");

    [Fact]
    public void WebSocket_a_heartbeat_says_the_newest_number() => Frames(Carrier.WebSocket, Heartbeat,
        """{"head":"k3v9q2ma.58"}""");

    [Fact]
    public void WebSocket_what_stands_beside_the_messages_takes_the_place_of_its_elements() => Stands(Carrier.WebSocket,
        [Element("mark-7", """<span id="mark-7" class="mark"><b>2<span class="unseen"> unread</span></b></span>"""), Element("shown", """<data id="shown" value="af63ad4c86019caf"></data>""")],
        """<hx-partial hx-target="#mark-7" hx-swap="outerHTML"><span id="mark-7" class="mark"><b>2<span class="unseen"> unread</span></b></span></hx-partial>""" +
        """<hx-partial hx-target="#shown" hx-swap="outerHTML"><data id="shown" value="af63ad4c86019caf"></data></hx-partial>""");

    [Fact]
    public void WebSocket_who_types_is_told_beside_the_messages_too() => Stands(Carrier.WebSocket,
        [Element("typing", """<p id="typing" aria-hidden="true" data-of="5"><b dir="auto">Ada</b> is typing…</p>""")],
        """<hx-partial hx-target="#typing" hx-swap="outerHTML"><p id="typing" aria-hidden="true" data-of="5"><b dir="auto">Ada</b> is typing…</p></hx-partial>""");

    [Fact]
    public void WebSocket_a_new_name_of_a_person_comes_to_stand_wherever_the_old_one_does() => Stands(Carrier.WebSocket,
        [Element("name-5", "Zoë") with { Target = "[data-author='5']>.by a", Swap = "innerHTML" }],
        """<hx-partial hx-target="[data-author='5']>.by a" hx-swap="innerHTML">Zoë</hx-partial>""");

    [Fact]
    public void Server_sent_events_what_stands_beside_the_messages_is_an_event_without_an_id() => Stands(Carrier.ServerSentEvents,
        [Element("here-7", """<span id="here-7" class="dot away"><span class="unseen">away</span></span>""")],
        """data: <hx-partial hx-target="#here-7" hx-swap="outerHTML"><span id="here-7" class="dot away"><span class="unseen">away</span></span></hx-partial>""" + "\n\n");

    [Fact]
    public void A_page_without_script_is_told_nothing_beside_the_messages() => Assert.Empty(Wire.Frame([Element("mark-7", "<span></span>")], Carrier.Html));

    [Fact]
    public void Server_sent_events_new_messages_are_one_event_with_the_new_position_as_its_id() => Frames(Carrier.ServerSentEvents, Inserts,
        "id: k3v9q2ma.58\n" +
        """data: <hx-upsert hx-target="#messages"><article id="m-57">One.</article><article id="m-58">Zwei – две.</article></hx-upsert>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.58"></data></hx-partial>""" +
        "\n\n");

    [Fact]
    public void Server_sent_events_a_change_takes_the_place_of_its_element() => Frames(Carrier.ServerSentEvents, Replacement,
        "id: k3v9q2ma.59\n" +
        """data: <hx-partial hx-target="#m-57" hx-swap="outerMorph"><article id="m-57">One, edited.</article></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.59"></data></hx-partial>""" +
        "\n\n");

    [Fact]
    public void Server_sent_events_new_messages_and_changes_keep_their_order() => Frames(Carrier.ServerSentEvents, Mixed,
        "id: k3v9q2ma.60\n" +
        """data: <hx-upsert hx-target="#messages"><article id="m-58">Zwei – две.</article></hx-upsert>""" +
        """<hx-partial hx-target="#m-57" hx-swap="outerMorph"><article id="m-57">One, edited.</article></hx-partial>""" +
        """<hx-upsert hx-target="#messages"><article id="m-60">Three.</article></hx-upsert>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.60"></data></hx-partial>""" +
        "\n\n");

    [Fact]
    public void Server_sent_events_the_whole_list_replaces_what_is_in_the_list() => Frames(Carrier.ServerSentEvents, WholeList,
        "id: k3v9q2ma.57\n" +
        """data: <hx-partial hx-target="#messages" hx-swap="innerHTML"><article id="m-57">One.</article></hx-partial>""" +
        """<hx-partial hx-target="#thread-anew" hx-swap="textContent">57</hx-partial>""" +
        """<hx-partial hx-target="#heading" hx-swap="outerHTML"><div id="heading"><h1 id="room-name">Attic</h1></div></hx-partial>""" +
        """<hx-partial hx-target="#writers" hx-swap="outerHTML"><p id="writers" class="hint everybody"></p></hx-partial>""" +
        """<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="k3v9q2ma.57"></data></hx-partial>""" +
        "\n\n");

    [Fact]
    public void Server_sent_events_a_heartbeat_has_no_id_so_that_it_moves_nobody() => Frames(Carrier.ServerSentEvents, Heartbeat,
        "event: head\n" +
        "data: k3v9q2ma.58\n" +
        "\n");

    [Fact]
    public void Streamed_page_new_messages_are_appended() => Frames(Carrier.Html, Inserts,
        """<article id="m-57">One.</article><article id="m-58">Zwei – две.</article>""" +
        "\n");

    [Fact]
    public void Streamed_page_a_change_hides_the_older_version_and_stands_at_the_end() => Frames(Carrier.Html, Replacement,
        """<link rel="stylesheet" href="/live/superseded.css?id=m-57&amp;seq=59"><article id="m-57">One, edited.</article>""" +
        "\n");

    [Fact]
    public void Streamed_page_new_messages_and_changes_keep_their_order() => Frames(Carrier.Html, Mixed,
        """<article id="m-58">Zwei – две.</article>""" +
        """<link rel="stylesheet" href="/live/superseded.css?id=m-57&amp;seq=59"><article id="m-57">One, edited.</article>""" +
        """<article id="m-60">Three.</article>""" +
        "\n");

    [Fact]
    public void Streamed_page_a_message_that_is_gone_is_hidden() => Frames(Carrier.Html, Removal,
        """<link rel="stylesheet" href="/live/superseded.css?id=m-57&amp;seq=62">""" +
        "\n");

    [Fact]
    public void Streamed_page_of_several_versions_only_the_newest_is_shown() => Frames(Carrier.Html, Versions,
        """<article id="m-58">Zwei – две.</article>""" +
        """<link rel="stylesheet" href="/live/superseded.css?id=m-57&amp;seq=59"><article id="m-57">One, edited.</article>""" +
        "\n");

    [Fact]
    public void Streamed_page_a_new_name_stands_at_the_end_and_hides_the_one_before() => Frames(Carrier.Html, Renaming,
        """<link rel="stylesheet" href="/live/superseded.css?id=heading&amp;seq=61"><div id="heading" data-seq="61"><h1 id="room-name">Attic</h1></div>""" +
        "\n");

    [Fact]
    public void Streamed_page_the_whole_list_is_loaded_anew() => Frames(Carrier.Html, WholeList,
        """<meta http-equiv="refresh" content="0">""" +
        "\n");

    [Fact]
    public void Streamed_page_a_heartbeat_is_one_line_break_that_nobody_sees() => Frames(Carrier.Html, Heartbeat,
        "\n");

    [Fact]
    public void A_batch_is_framed_once_for_each_carrier()
    {
        var batch = Events(First);

        Assert.True(batch.Frame(Carrier.Html).Equals(batch.Frame(Carrier.Html)));
        Assert.False(batch.Frame(Carrier.Html).Equals(batch.Frame(Carrier.WebSocket)));
    }

    static OutsideElement Element(string id, string html) => new(id, Encoding.UTF8.GetBytes(html));

    static void Stands(Carrier carrier, OutsideElement[] elements, string expected)
    {
        var bytes = Wire.Frame(elements, carrier);
        var text = carrier == Carrier.WebSocket ? WebSocketFrame.Text(Encoding.UTF8.GetBytes(expected)) : Encoding.UTF8.GetBytes(expected);
        Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(bytes));
        Assert.Contains(expected.TrimEnd('\n'), Documented, StringComparison.Ordinal);
    }

    static void Frames(Carrier carrier, Batch batch, string expected)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(Wire.Frame(batch, carrier)));
        if (batch != Mixed && batch != Versions) Assert.Contains($"\n{expected.TrimEnd('\n')}\n", Documented, StringComparison.Ordinal);
    }

    static Batch Events(params LogEvent[] events) => new() { Position = new("k3v9q2ma", events[^1].Seq), Events = events };

    static LogEvent Event(long seq, LogEventKind kind, string id, string html) => new(seq, kind, id, Encoding.UTF8.GetBytes(html));
}
