using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>Takes entries out of the audit trail that are older than it is kept. Any number of nodes may be at it.</summary>
public sealed class AuditRetention(SqlReader sql, GroupCommit writes, TimeProvider time, ILogger<AuditRetention> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>How many go in one transaction. On SQLite the one writer is held for a few milliseconds.</summary>
    public const int Batch = 200;

    protected override string Failure => "Old entries of the audit trail could not be taken away";

    /// <summary>Takes away what is too old now.</summary>
    public override async Task LookAsync(CancellationToken ct)
    {
        foreach (var days in await sql.AllAsync("select audit_days from sites where audit_days is not null", row => row.GetInt32(0), ct))
        {
            var before = (Time.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();
            while (await TakeAsync(before, ct) == Batch)
            {
            }
        }
    }

    // Looked up first, so that nobody waits for a transaction that has nothing to do. In the order of their numbers, so that the index finds them.
    async Task<int> TakeAsync(long before, CancellationToken ct)
    {
        var oldest = await sql.AllAsync($"select id, at_ms from audit order by id limit {Batch}", row => (Id: row.GetInt64(0), AtMs: row.GetInt64(1)), ct);
        var old = oldest.TakeWhile(e => e.AtMs < before).Select(e => e.Id).ToList();
        if (old.Count > 0) await writes.WriteAsync(session => session.Execute("delete from audit where id <= @last", ("@last", old[^1])), ct);
        return old.Count;
    }
}
