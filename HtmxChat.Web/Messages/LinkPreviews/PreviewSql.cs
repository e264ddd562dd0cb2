using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>How previews go together with what they belong to, inside the transaction that changes it.</summary>
static class PreviewSql
{
    /// <summary>Takes the previews of some messages away, with their pictures.</summary>
    /// <param name="seqs">Numbers, which can stand in the text of a statement.</param>
    public static void Take(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs) => sql.Execute(
        $"""
        update messages set preview = null where room_id = @room and seq in ({string.Join(',', seqs)}) and preview is not null;
        delete from preview_pictures where room_id = @room and seq in ({string.Join(',', seqs)})
        """,
        ("@room", room.Value));

    /// <summary>Takes a preview away whose link does not come first any more in the text of its message.</summary>
    public static void TakeOther(SqlSession sql, RoomId room, long seq, string text)
    {
        var stored = sql.First("select preview from messages where room_id = @room and seq = @seq", row => row.IsDBNull(0) ? null : row.GetString(0), ("@room", room.Value), ("@seq", seq));
        if (stored is not null && LinkPreview.LinkOf(stored) != FirstLink.In(text)?.AbsoluteUri) Take(sql, room, [seq]);
    }
}
