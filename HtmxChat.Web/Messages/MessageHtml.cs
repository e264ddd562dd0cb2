using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Reactions;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Caching.Memory;

namespace HtmxChat.Web.Messages;

/// <summary>
/// A message as HTML: the same bytes for every viewer, so they are rendered once and shared by the page, the history
/// and every live connection.
/// </summary>
public sealed class MessageHtml(PartialRenderer partials, ReactionNames names, Caches caches) : IDisposable
{
    const long MaxCacheBytes = 32 * 1024 * 1024;

    readonly MemoryCache cache = caches.New(MaxCacheBytes);

    /// <summary>The message as an element, without any CR or LF.</summary>
    public async ValueTask<byte[]> RenderAsync(Message message, CancellationToken ct)
    {
        // A change of a message, or of one that it answers or passes on, has a new number, and the names are part of the key: what is cached is never out of date.
        message = await names.AddAsync(message, ct);
        var key = (message.Room, message.Seq, message.ChangedSeq, message.Author, message.Answers, message.Forwarded, string.Concat(message.Reactions.All.Select(r => r.Names)));
        if (cache.TryGetValue(key, out byte[]? known)) return known!;

        var html = Encoding.UTF8.GetBytes(OneLine(await partials.RenderAsync("/Messages/_Message.cshtml", message, ct)));
        return cache.Set(key, html, new MemoryCacheEntryOptions { Size = html.Length });
    }

    /// <summary>The event that says what the message is now: that it was posted, or, when it has changed since, that it changed.</summary>
    public Task<LogEvent> EventAsync(Message message, CancellationToken ct) => EventAsync(
        message, message.ChangedSeq, message.ChangedSeq == message.Seq ? RoomChange.Posted : RoomChange.Edited, ct);

    /// <summary>A certain event about the message, showing the message as it is now.</summary>
    public async Task<LogEvent> EventAsync(Message message, long seq, RoomChange kind, CancellationToken ct) =>
        new(seq, kind == RoomChange.Posted ? LogEventKind.Insert : LogEventKind.Replace, message.ElementId, await RenderAsync(message, ct))
        {
            Thread = message.Thread.ShownIn(message.Seq),
            IsInRoom = message.Thread.IsInRoom,
        };

    /// <summary>The event that a message is not there any more.</summary>
    public static LogEvent GoneEvent(long message, long seq) => new(seq, LogEventKind.Remove, Message.ElementIdOf(message), default);

    /// <summary>A stretch of messages with the link to the one before, without any CR or LF.</summary>
    public Task<byte[]> ListAsync(MessagePage page, CancellationToken ct) => ListAsync(page, marked: null, ct);

    /// <summary>The same with one of the messages marked, and the browser led to it.</summary>
    public async Task<byte[]> ListAsync(MessagePage page, long? marked, CancellationToken ct)
    {
        var html = new MemoryStream();
        html.Write(Encoding.UTF8.GetBytes(OneLine(await partials.RenderAsync("/Messages/_Older.cshtml", page, ct))));
        await names.PrepareAsync(page.Messages, ct);
        foreach (var message in page.Messages)
        {
            var element = page.Thread is not null && message.Thread.IsInRoom ? ThreadCopy.Of(await RenderAsync(message, ct)) : await RenderAsync(message, ct);
            if (message.Seq == marked) html.Write(Marked);
            html.Write(message.Seq == marked ? element.AsSpan(Unmarked.Length) : element);
        }
        return html.ToArray();
    }

    static ReadOnlySpan<byte> Unmarked => "<article "u8;

    // What is focused when the page opens is scrolled to, also without script.
    static ReadOnlySpan<byte> Marked => "<article aria-current=\"location\" tabindex=\"-1\" autofocus "u8;

    public void Dispose() => cache.Dispose();

    // The lines of a person's text are <br> elements by now, so every line break left is one of the template's.
    static string OneLine(string html) => string.Concat(html.Split('\n', StringSplitOptions.TrimEntries));
}
