using System.Buffers;
using System.Text;

namespace HtmxChat.Web.Live;

/// <summary>What stands on the wire, as pure functions. docs/wire.md is this file in words, and its examples are the tests' expected bytes.</summary>
public static class Wire
{
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
            frame.Text("</hx-partial>");
            foreach (var element in list.Outside) InPlace(frame, element);
        }

        var inserting = false;
        foreach (var e in batch.Events)
        {
            if (inserting && e.Kind != LogEventKind.Insert) frame.Text("</hx-upsert>");
            if (!inserting && e.Kind == LogEventKind.Insert) frame.Text("""<hx-upsert hx-target="#messages">""");
            inserting = e.Kind == LogEventKind.Insert;

            if (inserting) frame.Write(e.Html.Span);
            else if (e.Kind == LogEventKind.Remove) frame.Text($"""<hx-partial hx-target="#{e.ElementId}" hx-swap="delete"></hx-partial>""");
            else InPlace(frame, new OutsideElement(e.ElementId, e.Html));
        }
        if (inserting) frame.Text("</hx-upsert>");

        frame.Text($"""<hx-partial hx-target="#position" hx-swap="outerHTML"><data id="position" value="{batch.Position}"></data></hx-partial>""");
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
    /// </summary>
    static void Html(ArrayBufferWriter<byte> frame, Batch batch)
    {
        if (batch.Snapshot is not null)
        {
            frame.Text("""<meta http-equiv="refresh" content="0">""");
        }
        // Of several about one element the newest alone: each shows it as it is now, and would hide what the others show.
        foreach (var e in batch.Events.Reverse().DistinctBy(e => e.ElementId).Reverse())
        {
            if (e.Kind != LogEventKind.Insert) frame.Text($"""<link rel="stylesheet" href="/live/superseded.css?id={e.ElementId}&amp;seq={e.Seq}">""");
            frame.Write(e.Html.Span);
        }
        frame.Text("\n");
    }

    static void Text(this ArrayBufferWriter<byte> frame, string text) => Encoding.UTF8.GetBytes(text, frame);
}
