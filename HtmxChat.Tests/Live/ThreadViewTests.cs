using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class ThreadViewTests
{
    readonly ThreadView view = new(42, Utf8("""<article id="m-42" data-seq="42">Root.</article>"""));

    [Fact]
    public void What_is_in_the_thread_is_shown_and_nothing_else() => Shows(
        "<article id=\"m-57\">Reply.</article><article id=\"m-58\">In both.</article>\n",
        Of(57, "m-57", """<article id="m-57">Reply.</article>""") with { Thread = 42, IsInRoom = false },
        Of(58, "m-58", """<article id="m-58">In both.</article>""") with { Thread = 42 },
        Of(59, "m-59", """<article id="m-59">In the room.</article>"""),
        Of(60, "m-60", """<article id="m-60">In another thread.</article>""") with { Thread = 50, IsInRoom = false },
        Of(61, "m-50", """<article id="m-50" data-seq="61">Another root.</article>""", LogEventKind.Replace) with { Thread = 50 },
        Of(62, "heading", """<div id="heading">Attic</div>""", LogEventKind.ReplaceOutside));

    [Fact]
    public void What_is_edited_there_comes_again_and_what_is_gone_goes() => Shows(
        """<link rel="stylesheet" href="/live/superseded.css?id=m-57&amp;seq=58"><article id="m-57">Reply, edited.</article><link rel="stylesheet" href="/live/superseded.css?id=m-56&amp;seq=59">""" + "\n",
        Of(58, "m-57", """<article id="m-57">Reply, edited.</article>""", LogEventKind.Replace) with { Thread = 42, IsInRoom = false },
        Of(59, "m-56", "", LogEventKind.Remove));

    [Fact]
    public void Where_it_began_comes_again_when_it_has_changed_and_not_for_its_count()
    {
        Shows("\n", Of(58, "m-42", Root(58, "Root.", """<a class="thread-link" id="t-42" href="/x">1 reply<small>, last</small></a>"""), LogEventKind.Replace) with { Thread = 42 });

        var edited = Root(60, "Edited.", """<a class="thread-link" id="t-42" href="/x">1 reply</a>""");
        Shows($"""<link rel="stylesheet" href="/live/superseded.css?id=m-42&amp;seq=60">{edited}""" + "\n", Of(60, "m-42", edited, LogEventKind.Replace) with { Thread = 42 });
        Shows("\n", Of(61, "m-42", Root(61, "Edited.", ""), LogEventKind.Replace));
    }

    [Fact]
    public void A_change_of_where_it_began_that_shows_a_later_one_too_is_not_hidden_when_that_is_left_out()
    {
        var now = Root(60, "Edited.", """<a class="thread-link" id="t-42" href="/x">1 reply</a>""");

        Shows($"""<link rel="stylesheet" href="/live/superseded.css?id=m-42&amp;seq=60">{now}""" + "\n", Of(58, "m-42", now, LogEventKind.Replace) with { Thread = 42 });
        Shows("\n", Of(60, "m-42", now, LogEventKind.Replace) with { Thread = 42 });
    }

    [Fact]
    public void A_heartbeat_and_the_order_to_load_the_page_again_are_what_they_are()
    {
        var heartbeat = new Batch { Position = Truth.At(58) };
        var list = new Batch { Position = Truth.At(58), Snapshot = new(58, default, RecentId: null, []) };

        Assert.Same(heartbeat, view.Of(heartbeat));
        Assert.Same(list, view.Of(list));
    }

    void Shows(string html, params LogEvent[] events) =>
        Assert.Equal(html, Encoding.UTF8.GetString(view.Of(new Batch { Position = Truth.At(events[^1].Seq), Events = events }).Frame(Carrier.Html).Span));

    static string Root(long seq, string text, string link) => $"""<article id="m-42" data-seq="{seq}">{text}{link}</article>""";

    static LogEvent Of(long seq, string id, string html, LogEventKind kind = LogEventKind.Insert) => new(seq, kind, id, Utf8(html));

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
