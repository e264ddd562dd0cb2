using System.Data.Common;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>How a message is read from the database, wherever one is.</summary>
public static class MessageSql
{
    /// <summary>The columns of <see cref="Read"/>, from messages as m.</summary>
    public const string Columns =
        "m.room_id, m.seq, m.changed_seq, m.author_id, p.display_name, m.client_key, m.text, m.sent_at_ms, m.placement, m.edited_at_ms, m.deleted_at_ms, p.picture, p.language, m.is_removed";

    /// <summary>How many they are.</summary>
    public const int ColumnCount = 14;

    /// <summary>All messages with their authors, to be narrowed.</summary>
    public const string Select = $"select {Columns} from messages m join people p on p.id = m.author_id";

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static Message Read(DbDataReader row) => new(
        new RoomId(row.GetInt64(0)),
        Seq: row.GetInt64(1),
        ChangedSeq: row.GetInt64(2),
        new Author(new PersonId(row.GetInt64(3)), row.GetString(4)) { Picture = row.IsDBNull(11) ? null : row.GetString(11), Language = row.GetString(12) },
        ClientKey: row.GetString(5),
        Text: row.GetString(6),
        Time(row, 7)!.Value,
        (Placement)row.GetInt32(8),
        EditedAt: Time(row, 9),
        DeletedAt: Time(row, 10))
    {
        IsRemoved = row.GetBoolean(13),
    };

    static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
