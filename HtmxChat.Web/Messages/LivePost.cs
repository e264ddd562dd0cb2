using System.Globalization;
using System.Text.Json;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>Takes a post that came over a WebSocket, and says what came of it. docs/wire.md shows both.</summary>
public sealed class LivePost(PostMessage post, RoomDirectory rooms, Unread unread)
{
    /// <param name="message">
    /// A JSON object with <c>key</c> and <c>text</c>, or with <c>here</c>, which has no answer; whatever else htmx sends along is not read.
    /// </param>
    public async Task<ReadOnlyMemory<byte>> AnswerAsync(LiveConnection connection, Viewer viewer, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var (key, text, isHere) = Read(message);
        if (isHere is { } here)
        {
            // Whoever goes has seen what was there until now, and whoever comes sees it now.
            unread.HasRead(connection);
            connection.View.IsWatchedFor(here ? PageView.AsLongAsItIsOpen : TimeSpan.Zero);
            return default;
        }

        var room = connection.Holder.Room;
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

    static (string? Key, string? Text, bool? IsHere) Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.ValueKind == JsonValueKind.Object ? (Field(json, "key"), Field(json, "text"), IsHere(json)) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    static string? Field(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static bool? IsHere(JsonDocument json) =>
        json.RootElement.TryGetProperty("here", out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

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
