using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HtmxChat.Web.Live;

/// <summary>What a streamed page that shows one thread has of its room's log. It belongs to one connection.</summary>
/// <param name="thread">The number of the message that the thread began with.</param>
/// <param name="root">That message's element, with which the page opens.</param>
public sealed class ThreadView(long thread, ReadOnlyMemory<byte> root)
{
    // Text has no bare angle bracket or quotation mark, so nobody can write either of them.
    static readonly Regex Uncounted = new(""" data-seq="[0-9]+"|<a class="thread-link".*?</a>""", RegexOptions.NonBacktracking);

    static readonly Regex Seq = new(""" data-seq="([0-9]+)""", RegexOptions.NonBacktracking);

    string shown = WithoutCount(Text(root));

    /// <summary>Of a batch, what is in the thread, as the page's own list.</summary>
    public Batch Of(Batch batch) => batch.Events.Count == 0 ? batch : batch.With([.. Latest(batch.Events.Where(IsInThread)).Select(e => e with { IsInRoom = true })]);

    // Of what is gone only the number is known; to take away what is not there is nothing.
    bool IsInThread(LogEvent e) => e.Kind == LogEventKind.Remove || (e.Kind != LogEventKind.ReplaceOutside && (e.Thread == thread || e.Number == thread));

    // What the thread began with is told anew with each message in it, for its count, which is not shown here: it would stand at the end again and again.
    IEnumerable<LogEvent> Latest(IEnumerable<LogEvent> events)
    {
        foreach (var e in events)
        {
            if (e.Number != thread || e.Kind == LogEventKind.Remove)
            {
                yield return e;
                continue;
            }

            var html = Text(e.Html);
            if (WithoutCount(html) == shown) continue;
            shown = WithoutCount(html);

            // One that follows may have made it newer already, and will be left out.
            yield return e with { Seq = long.Parse(Seq.Match(html).Groups[1].Value, CultureInfo.InvariantCulture) };
        }
    }

    static string WithoutCount(string html) => Uncounted.Replace(html, "");

    static string Text(ReadOnlyMemory<byte> html) => Encoding.UTF8.GetString(html.Span);
}
