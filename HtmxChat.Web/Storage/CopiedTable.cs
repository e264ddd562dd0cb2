using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace HtmxChat.Web.Storage;

/// <summary>A table as both databases have it.</summary>
sealed class CopiedTable
{
    readonly string columns;
    readonly Type[] types;

    CopiedTable(IEntityType entity)
    {
        Name = entity.GetTableName()!;
        var properties = entity.GetProperties().ToList();
        columns = string.Join(", ", properties.Select(p => p.GetColumnName()));
        types = [.. properties.Select(p => p.GetProviderClrType() ?? p.ClrType).Select(t => Nullable.GetUnderlyingType(t) ?? t).Select(t => t.IsEnum ? t.GetEnumUnderlyingType() : t)];
    }

    public string Name { get; }

    /// <summary>All of them, each after those that it refers to.</summary>
    public static List<CopiedTable> AllOf(IModel model)
    {
        var ordered = new List<IEntityType>();
        var left = model.GetEntityTypes().ToList();
        while (left.Count > 0)
        {
            var next = left.First(e => e.GetForeignKeys().All(fk => fk.PrincipalEntityType == e || ordered.Contains(fk.PrincipalEntityType)));
            ordered.Add(next);
            left.Remove(next);
        }
        return [.. ordered.Select(e => new CopiedTable(e))];
    }

    public bool IsEmpty(SqlSession sql) => !sql.First($"select 1 from {Name} limit 1", _ => true);

    /// <summary>Streams all rows over, and sums up what was read.</summary>
    public async Task<TableContent> CopyAsync(DbConnection from, NpgsqlConnection to, CancellationToken ct)
    {
        var content = new TableContent();
        await using var copy = await to.BeginBinaryImportAsync($"copy {Name} ({columns}) from stdin (format binary)", ct);
        await foreach (var row in RowsAsync(from, ct))
        {
            content.Add(row);
            await copy.StartRowAsync(ct);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value) await copy.WriteAsync(value, DbType(types[i]), ct);
                else await copy.WriteNullAsync(ct);
            }
        }
        await copy.CompleteAsync(ct);
        return content;
    }

    /// <summary>Sums up what a database has.</summary>
    public async Task<TableContent> SumUpAsync(DbConnection of, CancellationToken ct)
    {
        var content = new TableContent();
        await foreach (var row in RowsAsync(of, ct)) content.Add(row);
        return content;
    }

    async IAsyncEnumerable<object?[]> RowsAsync(DbConnection from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = from.CreateCommand();
#pragma warning disable CA2100 // Names of this program's own tables.
        command.CommandText = $"select {columns} from {Name}";
#pragma warning restore CA2100
        command.CommandTimeout = 0; // a table may be long
        await using var rows = await command.ExecuteReaderAsync(ct);
        var row = new object?[types.Length];
        while (await rows.ReadAsync(ct))
        {
            for (var i = 0; i < row.Length; i++) row[i] = rows.IsDBNull(i) ? null : Value(rows, i, types[i]);
            yield return row;
        }
    }

    // SQLite knows neither times nor truth values: what a column holds is what the program takes it for.
    static object Value(DbDataReader rows, int i, Type type) =>
        type == typeof(long) ? rows.GetInt64(i) :
        type == typeof(int) ? rows.GetInt32(i) :
        type == typeof(bool) ? rows.GetBoolean(i) :
        type == typeof(string) ? rows.GetString(i) :
        type == typeof(byte[]) ? rows.GetFieldValue<byte[]>(i) :
        type == typeof(DateTimeOffset) ? Microseconds(rows.GetFieldValue<DateTimeOffset>(i)) :
        throw new NotSupportedException($"Nobody has said how to copy a {type}.");

    static NpgsqlDbType DbType(Type type) =>
        type == typeof(long) ? NpgsqlDbType.Bigint :
        type == typeof(int) ? NpgsqlDbType.Integer :
        type == typeof(bool) ? NpgsqlDbType.Boolean :
        type == typeof(string) ? NpgsqlDbType.Text :
        type == typeof(byte[]) ? NpgsqlDbType.Bytea : NpgsqlDbType.TimestampTz;

    // PostgreSQL keeps no more of a time.
    static DateTimeOffset Microseconds(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
