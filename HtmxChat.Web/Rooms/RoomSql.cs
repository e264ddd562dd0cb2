using System.Data.Common;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>What every change of a room begins with, and what several of them have in common.</summary>
public static class RoomSql
{
    /// <summary>The columns of <see cref="Read"/>, from rooms as r.</summary>
    public const string Columns = "r.id, r.kind, r.name, r.topic, r.icon, r.posting, r.created_by_id, r.archived_at_ms, r.created_at_ms, r.world_from_seq";

    /// <summary>How many they are.</summary>
    public const int ColumnCount = 10;

    /// <summary>The columns of <see cref="ReadHead"/>.</summary>
    public const string HeadColumns = "last_seq, message_count, expired_count";

    /// <summary>
    /// Keeps other nodes from changing anything in the room until the commit, so that what is read from here on still
    /// holds when the change is made.
    /// </summary>
    public static void Lock(SqlSession sql, RoomId room) => sql.Execute("update rooms set last_seq = last_seq where id = @room", ("@room", room.Value));

    /// <summary>A room; null when there is none, or not any more.</summary>
    public static Room? Find(SqlSession sql, RoomId room) =>
        sql.First($"select {Columns} from rooms r where r.id = @room and r.kind <> {RoomKind.Deleted:D}", row => Read(row, first: 0), ("@room", room.Value));

    /// <summary>Reads <see cref="Columns"/>.</summary>
    /// <param name="first">The first of them in the row.</param>
    public static Room Read(DbDataReader row, int first) => new(new RoomId(row.GetInt64(first)), row.GetString(first + 2), row.GetString(first + 3))
    {
        Kind = (RoomKind)row.GetInt32(first + 1),
        Icon = row.GetString(first + 4),
        Posting = (PostingRule)row.GetInt32(first + 5),
        Owner = new PersonId(row.GetInt64(first + 6)),
        IsArchived = !row.IsDBNull(first + 7),
        CreatedAtMs = row.GetInt64(first + 8),
        WorldFromSeq = row.IsDBNull(first + 9) ? null : row.GetInt64(first + 9),
    };

    /// <summary>How far a room has come.</summary>
    public static RoomHead Head(SqlSession sql, RoomId room) =>
        sql.First($"select {HeadColumns} from rooms where id = @room", row => ReadHead(row, first: 0), ("@room", room.Value));

    /// <summary>Reads <see cref="HeadColumns"/>.</summary>
    /// <param name="first">The first of them in the row.</param>
    public static RoomHead ReadHead(DbDataReader row, int first) => new(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2));

    /// <summary>Makes rooms be gone for everybody, and their names free. Their rows stay, for whoever removes them a few at a time.</summary>
    /// <param name="which">A condition on rooms.</param>
    public static int Delete(SqlSession sql, string which, params ReadOnlySpan<(string Name, object? Value)> parameters) => sql.Execute(
        $"""
        update rooms set kind = {RoomKind.Deleted:D}, name = '', topic = '', icon = '', keep_days = null, name_key = @gone || cast(id as text)
        where kind <> {RoomKind.Deleted:D} and {which}
        """,
        [("@gone", "\u0002"), .. parameters]); // no name begins with a control character
}
