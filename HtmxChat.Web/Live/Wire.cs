using System.Buffers;
using System.Text;

namespace HtmxChat.Web.Live;

/// <summary>What stands on the wire, as pure functions. docs/wire.md is this file in words, and its examples are the tests' expected bytes.</summary>
public static class Wire
{
    /// <summary>The id of the element with the room's messages.</summary>
    const string RoomList = "messages";

    // Of a message only what has changed: what somebody has selected, opened or focused in it stays so.
    const string Morph = "outerMorph";

    /// <summary>Frames a batch for one carrier.</summary>
    public static byte[] Frame(Batch batch, Carrier carrier)
    {
        var frame = new ArrayBufferWriter<byte>(1024);
        switch (carrier)
        {
            case Carrier.WebSocket: WebSocketText(frame, batch); break;
            case Carrier.ServerSentEvents: ServerSentEvent(frame, batch); break;
            case Carrier.Html: Html(frame, batch); break;
            default: throw new ArgumentOutOfRangeException(nameof(carrier));
        }
        return frame.WrittenSpan.ToArray();
    }

    /// <summary>Frames elements that stand outside the list of messages. A page without script cannot change what it has shown.</summary>
    public static byte[] Frame(IEnumerable<OutsideElement> elements, Carrier carrier)
    {
        if (carrier == Carrier.Html) return [];

        var frame = new ArrayBufferWriter<byte>(256);
        if (carrier == Carrier.ServerSentEvents) frame.Text("data: ");
        foreach (var element in elements) InPlace(frame, element);
        if (carrier == Carrier.ServerSentEvents) frame.Text("\n\n");
        return carrier == Carrier.WebSocket ? WebSocketFrame.Text(frame.WrittenSpan) : frame.WrittenSpan.ToArray();
    }

    static void WebSocketText(ArrayBufferWriter<byte> frame, Batch batch)
    {
        if (batch.IsHeartbeat) frame.Text($$"""{"head":"{{batch.Position}}"}""");
        else Fragments(frame, batch);
    }

    static void ServerSentEvent(ArrayBufferWriter<byte> frame, Batch batch)
    {
        if (batch.IsHeartbeat)
        {
            frame.Text($"event: head\ndata: {batch.Position}\n\n");
            return;
        }

        frame.Text($"id: {batch.Position}\ndata: ");
        Fragments(frame, batch);
        frame.Text("\n\n");
    }

    /// <summary>What htmx swaps: runs of new elements as one upsert, changes one by one, and the new position last.</summary>
    static void Fragments(ArrayBufferWriter<byte> frame, Batch batch)
    {
        if (batch.Snapshot is { } list)
        {
            frame.Text("""<hx-partial hx-target="#messages" hx-swap="innerHTML">""");
            frame.Write(list.Html.Span);
            frame.Text($"""</hx-partial><hx-partial hx-target="#thread-anew" hx-swap="textContent">{list.Head}</hx-partial>""");
            foreach (var element in list.Outside) InPlace(frame, element);
        }

        var into = "";
        foreach (var (e, place) in batch.Events.SelectMany(Places))
        {
            var target = e.Kind == LogEventKind.Insert ? place : "";
            if (into != target && into.Length > 0) frame.Text("</hx-upsert>");
            if (into != target && target.Length > 0) frame.Text($"""<hx-upsert hx-target="#{target}">""");
            into = target;

            if (e.Kind == LogEventKind.Insert) frame.Write(e.Html.Span);
            else if (e.Kind == LogEventKind.Remove) frame.Text($"""<hx-partial hx-target="#{e.ElementId},#{ThreadCopy.IdOf(e.ElementId)}" hx-swap="delete"></hx-partial>""");
            else InPlace(frame, new OutsideElement(e.ElementId, e.Html) { Swap = e.Kind == LogEventKind.Replace ? Morph : "outerHTML" });
        }
        if (into.Length > 0) frame.Text("</hx-upsert>");

        frame.Text($"""<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="{batch.Position}"></data></hx-partial>""");
    }

    /// <summary>An event once for each list of the page that may show its element. What is not on a page is ignored there.</summary>
    static IEnumerable<(LogEvent Event, string List)> Places(LogEvent e)
    {
        if (e.IsInRoom) yield return (e, RoomList);
        if (e.Thread is not { } thread || e.Kind == LogEventKind.Remove) yield break;

        var inThread = e.IsInRoom ? ThreadCopy.Of(e) : e;
        yield return (e.IsListedInThread ? inThread : inThread with { Kind = LogEventKind.Replace }, LogEvent.ListOf(thread));
    }

    static void InPlace(ArrayBufferWriter<byte> frame, OutsideElement element)
    {
        frame.Text($"""<hx-partial hx-target="{element.Target}" hx-swap="{element.Swap}">""");
        frame.Write(element.Html.Span);
        frame.Text("</hx-partial>");
    }

    /// <summary>
    /// Appends to a page without script. A page that cannot change what it has shown hides the older version by a
    /// style sheet and shows the newer one at its end. A whole list cannot be put in place: the page loads itself again.
    /// Of threads it shows where they begin, which comes again when they grow.
    /// </summary>
    static void Html(ArrayBufferWriter<byte> frame, Batch batch)
    {
        if (batch.Snapshot is not null)
        {
            frame.Text("""<meta http-equiv="refresh" content="0">""");
        }
        // Of several about one element the newest alone: each shows it as it is now, and would hide what the others show.
        foreach (var e in batch.Events.Where(e => e.IsInRoom).Reverse().DistinctBy(e => e.ElementId).Reverse())
        {
            if (e.Kind != LogEventKind.Insert) frame.Text($"""<link rel="stylesheet" href="/live/superseded.css?id={e.ElementId}&amp;seq={e.Seq}">""");
            frame.Write(e.Html.Span);
        }
        frame.Text("\n");
    }

    static void Text(this ArrayBufferWriter<byte> frame, string text) => Encoding.UTF8.GetBytes(text, frame);
}
