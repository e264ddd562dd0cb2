using HtmxChat.Tests.Storage;
using HtmxChat.Web.Accounts;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Tests.Accounts;

/// <summary>How long the audit trail is kept, on either database.</summary>
public abstract class AuditRetentionContract(ChatDatabase database)
{
    // More than go at a time.
    const int Old = AuditRetention.Batch + 50;

    [Fact]
    public async Task What_is_older_than_is_set_goes_and_the_rest_stays()
    {
        using var retention = new AuditRetention(database.Sql, database.Writes, database.Time, NullLogger<AuditRetention>.Instance);
        await using (var db = database.Database.NewContext())
        {
            db.Add(new SiteRow { Name = "Tea house", Epoch = "k3v9q2ma" });
            db.AddRange(Enumerable.Range(0, Old).Select(_ => Entry(366)));
            db.AddRange(Entry(364), Entry(20), Entry(0));
            await db.SaveChangesAsync(Ct);
        }

        await retention.LookAsync(Ct);
        Assert.Equal([3], await CountAsync());

        await KeepForAsync(null);
        await retention.LookAsync(Ct);
        Assert.Equal([3], await CountAsync());

        await KeepForAsync(30);
        await retention.LookAsync(Ct);
        Assert.Equal([2], await CountAsync());
    }

    AuditRow Entry(int daysAgo) => new() { AtMs = (database.Time.GetUtcNow() - TimeSpan.FromDays(daysAgo)).ToUnixTimeMilliseconds(), Kind = AuditKind.SignedIn, About = "", Address = "" };

    Task<int> KeepForAsync(int? days) => database.Writes.WriteAsync(sql => sql.Execute("update sites set audit_days = @days", ("@days", days)), Ct);

    Task<List<long>> CountAsync() => database.AllAsync<long>("select count(*) from audit");
}

public sealed class SqliteAuditRetentionTests(SqliteChatDatabase database) : AuditRetentionContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresAuditRetentionTests(PostgresChatDatabase database) : AuditRetentionContract(database), IClassFixture<PostgresChatDatabase>;
