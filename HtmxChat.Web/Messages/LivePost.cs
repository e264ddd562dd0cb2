using System.Globalization;
using System.Text.Json;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>Takes a post that came over a WebSocket, and says what came of it. docs/wire.md shows both.</summary>
public sealed class LivePost(PostMessage post, RoomDirectory rooms)
{
    /// <param name="message">A JSON object with <c>key</c> and <c>text</c>; whatever else htmx sends along is not read.</param>
    public async Task<ReadOnlyMemory<byte>> AnswerAsync(RoomId room, Viewer viewer, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var (key, text) = Read(message);
        return await PostAsync(room, viewer, key, text, ct) switch
        {
            PostOutcome.Sent(var sent) => Json(("ack", key), ("seq", sent.Seq)),
            PostOutcome.Refused(var why) => Json(("refused", key), ("why", why.Words)),
            PostOutcome.KeyUsedBefore => Json(("refused", key), ("why", PostWords.KeyUsedBefore)),
            PostOutcome.TooFast(var wait) => Json(("later", key), ("why", PostWords.TooFast(wait))),
            PostOutcome.NotStored => Json(("later", key), ("why", PostWords.NotStored)),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
    }

    // Asked for each time: the connection may be older than a change of what this person may do here.
    async Task<PostOutcome> PostAsync(RoomId room, Viewer viewer, string? key, string? text, CancellationToken ct) =>
        await rooms.FindAsync(room, viewer, ct) is { } access
            ? await post.RunAsync(access, Author.Of(viewer), key, text, ct)
            : new PostOutcome.Refused(new(PostWords.NoRoom));

    static (string? Key, string? Text) Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.ValueKind == JsonValueKind.Object ? (Field(json, "key"), Field(json, "text")) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    static string? Field(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static byte[] Json(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                if (value is long number) writer.WriteNumber(name, number);
                else writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
            }
            writer.WriteEndObject();
        }
        return json.ToArray();
    }
}
