using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>All open and closed rooms for administrators, without a word of what is said in them. Direct rooms are nobody's to look after.</summary>
public sealed class RoomOverview(SqlReader sql)
{
    /// <summary>How many rooms a page shows.</summary>
    public const int PageSize = 50;

    /// <param name="after">See <see cref="RoomsPage.After"/>; null at the beginning.</param>
    public async Task<RoomsPage> ListAsync(RoomId? after, CancellationToken ct)
    {
        var found = await sql.AllAsync(
            $"""
            select r.id, r.name, r.kind, r.archived_at_ms, p.display_name, r.keep_days, r.world_from_seq,
                (select count(*) from memberships m where m.room_id = r.id),
                (select sent_at_ms from messages t where t.room_id = r.id order by t.seq desc limit 1)
            from rooms r left join people p on p.id = r.created_by_id
            where r.kind not in ({RoomKind.Direct:D}, {RoomKind.Deleted:D}) and (@after = 0 or (lower(r.name), r.id) > (select lower(name), id from rooms where id = @after))
            order by lower(r.name), r.id limit {PageSize + 1}
            """,
            row => new ListedRoom(
                new RoomId(row.GetInt64(0)), row.GetString(1), (RoomKind)row.GetInt32(2), !row.IsDBNull(3), row.IsDBNull(4) ? "" : row.GetString(4),
                (RoomKind)row.GetInt32(2) == RoomKind.Closed ? row.GetInt64(7) : null,
                row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)), KeepTime.Of(row.IsDBNull(5) ? null : row.GetInt32(5)))
            {
                IsPublic = !row.IsDBNull(6),
            },
            ct, ("@after", after?.Value ?? 0));
        return new RoomsPage([.. found.Take(PageSize)], found.Count > PageSize ? found[PageSize - 1].Id : null);
    }
}
