using System.Data.Common;
using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Messages.Reactions;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>How a message is read from the database, wherever one is.</summary>
public static class MessageSql
{
    /// <summary>The columns of <see cref="Read"/>, in its order: from messages as m, with <see cref="Author"/> or a join of its own to people as p, and <see cref="Answered"/>.</summary>
    public const string Columns =
        "m.room_id, m.seq, m.changed_seq, m.author_id, p.display_name, p.picture, p.language, m.client_key, m.text, m.sent_at_ms, m.placement, m.edited_at_ms, m.deleted_at_ms, m.is_removed, " +
        "m.reactions, m.mentioned, m.poll, m.preview, m.forwarded_room_id, m.forwarded_seq, fr.name, fp.display_name, f.text, m.pinned_at_ms, m.thread_seq, m.is_in_room_too, m.thread_count, m.thread_last_at_ms, " +
        "m.reply_to_seq, op.id, op.display_name, o.text";

    /// <summary>Joins who wrote it.</summary>
    public const string Author = "join people p on p.id = m.author_id";

    /// <summary>
    /// Joins the message that it answers, and who wrote that, unless there is somebody who reads the answer and may not read what it answers.
    /// Likewise the message that it passes on: that is of the same room, or of one that is open (its kind is 1) now, and to the world as well
    /// where the world reads on.
    /// </summary>
    public const string Answered =
        """
        left join messages o on o.room_id = m.room_id and o.seq = m.reply_to_seq
          and not exists (select 1 from memberships c where c.room_id = m.room_id and c.from_seq > m.reply_to_seq and c.from_seq <= m.seq)
          and not exists (select 1 from rooms c where c.id = m.room_id and c.world_from_seq > m.reply_to_seq and c.world_from_seq <= m.seq)
        left join people op on op.id = o.author_id
        left join messages f on f.room_id = m.forwarded_room_id and f.seq = m.forwarded_seq and f.deleted_at_ms is null and m.deleted_at_ms is null and (
          f.room_id = m.room_id
            and not exists (select 1 from memberships c where c.room_id = m.room_id and c.from_seq > coalesce(f.thread_seq, f.seq) and c.from_seq <= m.seq)
            and not exists (select 1 from rooms c where c.id = m.room_id and c.world_from_seq > coalesce(f.thread_seq, f.seq) and c.world_from_seq <= m.seq)
          or f.room_id <> m.room_id and exists (select 1 from rooms a join rooms b on b.id = m.room_id
            where a.id = f.room_id and a.kind = 1 and (b.world_from_seq is null or b.world_from_seq > m.seq or a.world_from_seq <= coalesce(f.thread_seq, f.seq))))
        left join rooms fr on fr.id = f.room_id
        left join people fp on fp.id = f.author_id
        """;

    /// <summary>All messages with what belongs to them, to be narrowed.</summary>
    public const string Select = $"select {Columns} from messages m {Author} {Answered}";

    /// <inheritdoc cref="ReadableSql.InRoom"/>
    public const string InRoom = ReadableSql.InRoom;

    /// <summary>Narrows messages as m to those that somebody may read who may read from <c>@from</c> on.</summary>
    public static string Readable { get; } = ReadableSql.From("@from");

    /// <summary>How many columns there are.</summary>
    public static int ColumnCount { get; } = Columns.Count(c => c == ',') + 1;

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static Message Read(DbDataReader row)
    {
        var cells = new Cells(row);
        return new Message(
            new RoomId(cells.Number()), Seq: cells.Number(), ChangedSeq: cells.Number(),
            new Author(new PersonId(cells.Number()), cells.Text()) { Picture = cells.TextIfAny(), Language = cells.Text() },
            ClientKey: cells.Text(), Text: cells.Text(), SentAt: cells.TimeIfAny()!.Value, (Placement)cells.Number(),
            EditedAt: cells.TimeIfAny(), DeletedAt: cells.TimeIfAny())
        {
            IsRemoved = cells.Truth(),
            Reactions = ReactionTally.Parse(cells.TextIfAny()),
            Mentioned = Mentioned.Parse(cells.TextIfAny()),
            Poll = Poll.Parse(cells.TextIfAny()),
            Link = LinkPreview.Parse(cells.TextIfAny()),
            Forwarded = cells.NumberIfAny() is { } room ? new Forwarded(new RoomId(room), cells.Number()) { RoomName = cells.TextIfAny(), AuthorName = cells.TextIfAny(), Text = cells.TextIfAny() ?? "" } : cells.Skip<Forwarded>(4),
            PinnedAt = cells.TimeIfAny(),
            Thread = new ThreadPlace(cells.NumberIfAny(), cells.Truth(), (int)cells.Number(), cells.TimeIfAny()),
            Answers = cells.NumberIfAny() is { } original ? OriginalOf(original, ref cells) : cells.Skip<Original>(3),
        };
    }

    static Original OriginalOf(long seq, ref Cells cells)
    {
        var author = cells.NumberIfAny();
        return new Original(seq, cells.TextIfAny(), cells.TextIfAny() ?? "") { Author = author is { } id ? new PersonId(id) : null };
    }

    /// <summary>Reads the columns of a row one after the other.</summary>
    struct Cells(DbDataReader row)
    {
        int next;

        public long Number() => row.GetInt64(next++);

        public string Text() => row.GetString(next++);

        public bool Truth() => row.GetBoolean(next++);

        public long? NumberIfAny() => row.IsDBNull(next++) ? null : row.GetInt64(next - 1);

        public string? TextIfAny() => row.IsDBNull(next++) ? null : row.GetString(next - 1);

        public DateTimeOffset? TimeIfAny() => NumberIfAny() is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

        /// <summary>Passes columns of which there is nothing to say.</summary>
        public T? Skip<T>(int columns) where T : class
        {
            next += columns;
            return null;
        }
    }
}
