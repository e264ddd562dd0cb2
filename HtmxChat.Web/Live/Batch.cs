namespace HtmxChat.Web.Live;

/// <summary>The three ways a room's log reaches a browser.</summary>
public enum Carrier
{
    /// <summary>RFC 6455 text messages.</summary>
    WebSocket,

    /// <summary>The <c>text/event-stream</c> of the HTML standard, section 9.2.</summary>
    ServerSentEvents,

    /// <summary>An HTML page that the server does not finish.</summary>
    Html,
}

/// <summary>
/// What a reader is given next: the events that it lacks, or the whole list, or (with neither) a heartbeat.
/// Immutable and shared by all readers at the same position, so that it is framed once for each carrier.
/// </summary>
public sealed class Batch
{
    readonly byte[]?[] frames = new byte[]?[Enum.GetValues<Carrier>().Length];

    /// <summary>Where the reader stands once it has this batch.</summary>
    public required Position Position { get; init; }

    /// <summary>In order, without gaps; empty in a heartbeat and in a snapshot.</summary>
    public IReadOnlyList<LogEvent> Events { get; init; } = [];

    /// <summary>The list that replaces the reader's own; null when the reader only lacks <see cref="Events"/>.</summary>
    public ListSnapshot? Snapshot { get; init; }

    /// <summary>Whether there were events, of which the reader may see none: it has come further and knows nothing more.</summary>
    public bool IsUnseen { get; private init; }

    /// <summary>Whether this says nothing but "still here, and this is the newest number".</summary>
    public bool IsHeartbeat => Snapshot is null && Events.Count == 0 && !IsUnseen;

    /// <summary>The same for a reader who may not see what is about messages before a number.</summary>
    public Batch Since(long from)
    {
        if (Events.All(e => e.IsSince(from))) return this;

        return With([.. Events.Where(e => e.IsSince(from))]);
    }

    /// <summary>The same with other events, for a reader who sees no more than these of it.</summary>
    public Batch With(IReadOnlyList<LogEvent> events) => new() { Position = Position, Snapshot = Snapshot, Events = events, IsUnseen = events.Count == 0 };

    /// <summary>The bytes for a carrier, with the header that RFC 6455 wants, so that they go to every socket as they are.</summary>
    /// <remarks>Two threads that ask first at the same moment frame it twice, with equal results.</remarks>
    public ReadOnlyMemory<byte> Frame(Carrier carrier) =>
        frames[(int)carrier] ??= carrier == Carrier.WebSocket ? WebSocketFrame.Text(Wire.Frame(this, carrier)) : Wire.Frame(this, carrier);
}
