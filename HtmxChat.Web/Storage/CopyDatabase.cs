using Npgsql;

namespace HtmxChat.Web.Storage;

/// <summary>Copies everything from a SQLite file to an empty PostgreSQL database, all or nothing, and compares the two at the end.</summary>
public sealed class CopyDatabase(ChatFile from, PostgresDatabase to)
{
    /// <param name="WasInUse">A server was running on the file, and may have gone on after the copy.</param>
    public sealed record Copied(long Rows, bool WasInUse);

    /// <param name="report">Is told of each table that was copied and compared.</param>
    /// <exception cref="StartRefusedException">One of the two is not what it has to be, or the copy differs; nothing was copied.</exception>
    public async Task<Copied> RunAsync(Action<string, TableContent> report, CancellationToken ct)
    {
        await to.RefuseUnsafeAsync(ct);
        await from.RefuseUnsafeAsync(ct);
        if (!await from.IsUpToDateAsync(ct)) throw new StartRefusedException($"{from.Path} was made by another version. Start this one on it once, then copy.");
        await to.MigrateAsync(ct);

        var wasInUse = IsInUse();
        await using var db = to.NewContext();
        var tables = CopiedTable.AllOf(db.Model);
        using var source = new SqlSession(await from.OpenAsync(ct));
        using var target = new SqlSession(await to.OpenAsync(ct));
        target.Execute("begin");
        foreach (var table in tables.Where(t => !t.IsEmpty(target)))
            throw new StartRefusedException($"The target is not empty: there is something in {table.Name}. Name an empty database.");

        var rows = await CopyAsync(tables, source, target, report, ct);
        to.SkipUsedIds(target);
        if (wasInUse) target.Execute("update sites set epoch = @epoch", ("@epoch", Guid.NewGuid().ToString("N")[..8]));
        target.Execute("commit");
        return new Copied(rows, wasInUse);
    }

    // One read transaction: a SQLite file in WAL mode stays for its reader what it was when it began, whoever writes.
    static async Task<long> CopyAsync(List<CopiedTable> tables, SqlSession source, SqlSession target, Action<string, TableContent> report, CancellationToken ct)
    {
        var rows = 0L;
        source.Execute("begin");
        foreach (var table in tables)
        {
            var copied = await table.CopyAsync(source.Connection, (NpgsqlConnection)target.Connection, ct);
            var arrived = await table.SumUpAsync(target.Connection, ct);
            if (!arrived.IsSameAs(copied)) throw new StartRefusedException($"{table.Name} is not the same in both: {copied.Rows} rows with {copied.Hash} here, {arrived.Rows} with {arrived.Hash} there. Nothing was copied.");
            report(table.Name, copied);
            rows += copied.Rows;
        }
        source.Execute("rollback");
        return rows;
    }

    bool IsInUse()
    {
        using var processLock = new ProcessLock(from);
        try
        {
            processLock.Take();
            return false;
        }
        catch (StartRefusedException)
        {
            return true;
        }
    }
}
