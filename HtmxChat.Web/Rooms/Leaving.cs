using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>What becomes of rooms whose people go for good.</summary>
public static class Leaving
{
    /// <summary>
    /// Inside the transaction that takes somebody's memberships away, and before that: their closed rooms are handed over to whoever
    /// has been in them for longest, of those who may come in if there are any, and rooms that nobody else is in go with them. Open ones are the administrators' anyway.
    /// </summary>
    public static void Store(SqlSession sql, PersonId person)
    {
        // Who has left for good does not come back to it.
        var others = $"from memberships o join people q on q.id = o.person_id and q.standing <> {Standing.Former:D} where o.room_id = rooms.id and o.person_id <> @id";
        RoomSql.Delete(
            sql,
            $"kind <> {RoomKind.Open:D} and not exists (select 1 {others}) and exists (select 1 from memberships m where m.room_id = rooms.id and m.person_id = @id)",
            ("@id", person.Value));
        sql.Execute(
            $"""
            update rooms set created_by_id = (select o.person_id {others} order by case when q.standing = {Standing.Active:D} then 0 else 1 end, o.added_at_ms, o.person_id limit 1)
            where kind = {RoomKind.Closed:D} and created_by_id = @id
            """,
            ("@id", person.Value));
    }
}
