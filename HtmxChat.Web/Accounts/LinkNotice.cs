using HtmxChat.Web.Mail;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Tells a person that an administrator has made a link by which their password can be changed: whoever has it can come in as
/// they. It is said by mail where there is an address, and on a page that stands before the rooms until it was read.
/// </summary>
public sealed class LinkNotice(SqlReader sql, GroupCommit writes, Postbox postbox)
{
    /// <summary>When the link was made; null when there is none, or the person has read of it.</summary>
    public async Task<DateTimeOffset?> FindAsync(PersonId person, CancellationToken ct) => (await sql.AllAsync(
        "select link_made_at_ms from people where id = @id and link_made_at_ms is not null",
        row => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), ct, ("@id", person.Value))).SingleOrDefault();

    /// <summary>The person has read of it.</summary>
    public Task ReadAsync(PersonId person, CancellationToken ct) =>
        writes.WriteAsync(session => session.Execute("update people set link_made_at_ms = null where id = @id", ("@id", person.Value)), ct);

    /// <summary>Notes it inside the transaction of whoever makes a link.</summary>
    public static void Store(SqlSession session, PersonId person, DateTimeOffset now) =>
        session.Execute("update people set link_made_at_ms = @now where id = @id", ("@now", now.ToUnixTimeMilliseconds()), ("@id", person.Value));

    /// <summary>Says it by mail.</summary>
    /// <param name="address">Null for none.</param>
    public void Post(string? address)
    {
        if (address is null) return;

        postbox.TryPost(new Letter("link made", address, "A link for a new password was made",
            ["An administrator has made a link by which a new password can be chosen for your account. Whoever opens it can come in as you.", "If you did not ask for it, ask whoever looks after the site what it is for."]));
    }
}
