using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The browsers that a person is signed in with: the list, and ending one.</summary>
public sealed class MySessions(SqlReader sql, SessionTickets tickets, TimeProvider time)
{
    /// <summary>Those that are good now, the last used first.</summary>
    public Task<List<MySession>> ListAsync(PersonId person, CancellationToken ct) => sql.AllAsync(
        "select id, device, created_at_ms, last_used_at_ms, address from sessions where person_id = @person and expires_at_ms >= @now order by last_used_at_ms desc, id desc",
        row => new MySession(row.GetInt64(0), Device.Of(row.GetString(1)), Time(row.GetInt64(2)), Time(Math.Max(row.GetInt64(2), row.GetInt64(3))), row.GetString(4)),
        ct, ("@person", person.Value), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Signs one browser of a person out. Another person's is not touched.</summary>
    public Task EndAsync(PersonId person, long session, CancellationToken ct) => tickets.EndAsync(person, s => s.Id == session, ct);

    static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
