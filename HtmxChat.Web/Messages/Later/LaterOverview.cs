using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Later;

/// <summary>Counts what somebody keeps for later; of what they may not read any more nothing.</summary>
public sealed class LaterOverview(SqlReader sql)
{
    public async Task<LaterCounts> CountAsync(PersonId person, CancellationToken ct) => (await sql.AllAsync(
        $"select {CountOf("saved")}, {CountOf("reminders")}, (select count(*) from scheduled where person_id = @person)",
        row => new LaterCounts(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), ct, ("@person", person.Value))).Single();

    static string CountOf(string table) =>
        $"(select count(*) from {table} t join messages m on m.room_id = t.room_id and m.seq = t.seq {ReadableSql.Joins} where t.person_id = @person and {ReadableSql.Condition})";
}
