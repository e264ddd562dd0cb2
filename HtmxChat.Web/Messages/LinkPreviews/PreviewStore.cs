using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>The previews of messages in the database. Each change of one is an event of its room's log.</summary>
public sealed class PreviewStore(SqlReader sql, GroupCommit writes)
{
    // The message is there, has none yet and none that was removed, and neither site nor room has them switched off.
    const string Wanted =
        """
        select m.text from messages m join rooms r on r.id = m.room_id
        where m.room_id = @room and m.seq = @seq and m.deleted_at_ms is null and m.preview is null and r.shows_previews and exists (select 1 from sites where shows_previews)
        """;

    /// <summary>Whether a message still has a link first and its preview is to be shown.</summary>
    public async Task<bool> IsWantedAsync(PreviewWork work, CancellationToken ct) =>
        await sql.AllAsync(Wanted, row => row.GetString(0), ct, ("@room", work.Room.Value), ("@seq", work.Seq)) is [var text] && IsFirst(work, text);

    /// <summary>Puts a preview below a message, if it is still wanted there.</summary>
    /// <param name="picture">WebP; null for none.</param>
    /// <returns>The message; null when it is not.</returns>
    public Task<Message?> ShowAsync(PreviewWork work, LinkPreview preview, byte[]? picture, CancellationToken ct) => writes.WriteAsync(work.Room, session =>
    {
        RoomSql.Lock(session, work.Room);
        var text = session.First(Wanted, row => row.GetString(0), ("@room", work.Room.Value), ("@seq", work.Seq));
        if (text is null || !IsFirst(work, text)) return null;

        if (picture is not null)
        {
            session.Execute(
                "insert into preview_pictures (room_id, seq, version, content) values (@room, @seq, @version, @content)",
                ("@room", work.Room.Value), ("@seq", work.Seq), ("@version", preview.Picture), ("@content", picture));
        }
        return Set(session, work.Room, work.Seq, preview);
    }, ct);

    /// <summary>Takes the preview of a message away for good.</summary>
    /// <returns>The message; null when it has none.</returns>
    public Task<Message?> RemoveAsync(RoomId room, long seq, CancellationToken ct) => writes.WriteAsync(room, session =>
    {
        RoomSql.Lock(session, room);
        if (Renumbering.Read(session, room, [seq]) is not [{ IsDeleted: false, Preview: { } preview }]) return null;

        PreviewSql.Take(session, room, [seq]);
        return Set(session, room, seq, LinkPreview.RemovedFor(preview.Url));
    }, ct);

    /// <summary>A message's picture; null when there is none of this version.</summary>
    public async Task<byte[]?> FindPictureAsync(RoomId room, long seq, string version, CancellationToken ct) => (await sql.AllAsync(
        "select content from preview_pictures where room_id = @room and seq = @seq and version = @version",
        row => row.GetFieldValue<byte[]>(0), ct, ("@room", room.Value), ("@seq", seq), ("@version", version))).SingleOrDefault();

    // By its characters: to Uri two addresses are the same that lead to different places of a page.
    static bool IsFirst(PreviewWork work, string text) => FirstLink.In(text)?.AbsoluteUri == work.Link.AbsoluteUri;

    static Message? Set(SqlSession session, RoomId room, long seq, LinkPreview preview)
    {
        session.Execute("update messages set preview = @preview where room_id = @room and seq = @seq", ("@preview", preview.Stored()), ("@room", room.Value), ("@seq", seq));
        Renumbering.Run(session, room, RoomChange.Previewed, [seq]);
        return Renumbering.Read(session, room, [seq]).SingleOrDefault();
    }
}
