using System.Globalization;
using System.Text.Json;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Reading;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>Takes a post that came over a WebSocket, and says what came of it. docs/wire.md shows both.</summary>
public sealed class LivePost(PostMessage post, RoomDirectory rooms, WatchedPages watched, Unread unread, KeptDrafts drafts, Typing typing)
{
    /// <param name="message">A JSON object, see <see cref="LiveWords"/>: a post, which is answered, or what the page has to say beside its messages, which is not.</param>
    public async Task<ReadOnlyMemory<byte>> AnswerAsync(LiveConnection connection, Viewer viewer, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var words = LiveWords.Parse(message);
        if (words.IsHere is { } here)
        {
            await NoteAsync(connection, here, words, ct);
            return default;
        }

        var (form, room) = (words.Form, connection.Holder.Room);
        if (words.Draft is not null || words.IsTyping is not null)
        {
            if (await rooms.FindAsync(room, viewer, ct) is not { } access) return default;

            if (words.IsTyping is { } isTyping) typing.Note(access, viewer, isTyping);
            if (words.Draft is { } text) await drafts.SaveAsync(viewer.Id, room, form with { Text = text, Kept = words.Was }, ct);
            return default;
        }
        return await PostAsync(room, viewer, form, ct) switch
        {
            PostOutcome.Sent(var sent) => Json(("ack", form.Key), ("seq", sent.Seq)),
            PostOutcome.Told(var answer) => Json(("said", form.Key), ("why", answer.Words)),
            PostOutcome.Refused(var why) => Json(("refused", form.Key), ("why", why.Words)),
            PostOutcome.KeyUsedBefore => Json(("refused", form.Key), ("why", PostWords.KeyUsedBefore)),
            PostOutcome.TooFast(var wait) => Json(("later", form.Key), ("why", PostWords.TooFast(wait))),
            PostOutcome.NotStored => Json(("later", form.Key), ("why", PostWords.NotStored)),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
    }

    // Asked for each time: the connection may be older than a change of what this person may do here.
    async Task<PostOutcome> PostAsync(RoomId room, Viewer viewer, PostForm form, CancellationToken ct) =>
        await rooms.FindAsync(room, viewer, ct) is { } access
            ? await post.RunAsync(access, Author.Of(viewer), form, ct)
            : new PostOutcome.Refused(new(PostWords.NoRoom));

    // Whoever goes has seen what was there until now, and whoever comes sees it now.
    async Task NoteAsync(LiveConnection connection, bool isHere, LiveWords words, CancellationToken ct)
    {
        var (person, room) = (connection.Holder.Person, connection.Holder.Room);
        if (isHere || connection.View.IsWatched) unread.HasRead(connection);
        if (isHere && words.IsBack) await watched.ComesToAsync(person, room, words.At, ct);
        else await watched.ReadToAsync(person, room, words.At, ct);
        connection.View.IsWatchedFor(isHere ? PageView.AsLongAsItIsOpen : TimeSpan.Zero);
    }

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
