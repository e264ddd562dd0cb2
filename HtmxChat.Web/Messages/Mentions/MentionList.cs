using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Mentions;

/// <summary>A message that calls somebody, as it stands in their list.</summary>
/// <param name="IsNew">Whether they have not seen it in its room yet.</param>
public sealed record ListedMention(Message Message, MentionKind Kind, string RoomName, bool IsNew);

/// <summary>A stretch of somebody's mentions, newest first.</summary>
/// <param name="Before">The key that the next stretch comes after; null at the end.</param>
public sealed record MentionsPage(IReadOnlyList<ListedMention> Mentions, string? Before);

/// <summary>Everything that calls somebody, in the rooms that they may read now and as far as they may read them.</summary>
public sealed class MentionList(SqlReader sql, RoomDirectory rooms, Unread unread)
{
    /// <summary>How many a page shows.</summary>
    public const int PageSize = 30;

    /// <param name="before">See <see cref="MentionsPage.Before"/>; null at the beginning.</param>
    public async Task<MentionsPage> ListAsync(PersonId person, string? before, CancellationToken ct)
    {
        // Direct rooms are called by people's names; and what the directory does not know nobody is shown.
        var names = (await rooms.ListAllAsync(person, ct)).ToDictionary(r => r.Room.Id, r => r.Room.Name);
        // By an edit one may be called by what one had read before.
        var (at, room, seq) = ListPlace.Parse(before);
        var found = await sql.AllAsync(
            $"""
            select {MessageSql.Columns}, n.kind, case when e.message_seq = n.seq then e.seq else n.seq end
            from mentions n join messages m on m.room_id = n.room_id and m.seq = n.seq {ReadableSql.Joins}
            left join read_places s on s.room_id = n.room_id and s.person_id = n.person_id
            left join events e on e.room_id = n.room_id and e.seq = s.mention_seq
            {MessageSql.Author} {MessageSql.Answered}
            where n.person_id = @person and {ReadableSql.Condition}
              and (n.sent_at_ms < @at or (n.sent_at_ms = @at and (n.room_id < @room or (n.room_id = @room and n.seq < @seq))))
            order by n.sent_at_ms desc, n.room_id desc, n.seq desc limit {PageSize + 1}
            """,
            row => (Message: MessageSql.Read(row), Kind: (MentionKind)row.GetInt32(MessageSql.ColumnCount), Since: row.GetInt64(MessageSql.ColumnCount + 1)),
            ct, ("@person", person.Value), ("@at", at), ("@room", room), ("@seq", seq));
        return new MentionsPage(
            [.. found.Take(PageSize).Where(m => names.ContainsKey(m.Message.Room)).Select(m => new ListedMention(m.Message, m.Kind, names[m.Message.Room], IsNew: m.Since > (unread.SeenIn(person, m.Message.Room) ?? -1)))],
            found.Count > PageSize ? ListPlace.Of(found[PageSize - 1].Message, found[PageSize - 1].Message.SentAt).ToString() : null);
    }
}
