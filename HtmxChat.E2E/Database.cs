using Microsoft.Data.Sqlite;

namespace HtmxChat.E2E;

/// <summary>Changes the database of a running site behind its back.</summary>
public sealed class Database(Site site) : IAsyncDisposable
{
    readonly SqliteConnection db = new($"Data Source={site.Server.Database};Default Timeout=5");

    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await db.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = db.CreateCommand();
#pragma warning disable CA2100 // The tests' own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        var changed = await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await db.CloseAsync();
        return changed;
    }

    /// <summary>A statement for <see cref="ExecuteForEachAsync"/> that adds one row like another, whatever columns the table has.</summary>
    public static string Copied(string table, string like, string but) =>
        $"create temp table if not exists like_{table} as select * from {table} where {like}; update like_{table} set {but}; insert into {table} select * from like_{table}";

    /// <summary>The first column of what a query finds.</summary>
    public async Task<List<string>> ReadAsync(string sql)
    {
        await db.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = db.CreateCommand();
#pragma warning disable CA2100 // The tests' own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        var found = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) found.Add(reader.GetString(0));
        }
        await db.CloseAsync();
        return found;
    }

    /// <summary>Runs a statement once for each text, all or nothing. The text is <c>@text</c>, its place <c>@n</c>: 1, 2 and so on.</summary>
    public async Task ExecuteForEachAsync(string sql, IReadOnlyList<string> texts)
    {
        await db.OpenAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await db.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var command = db.CreateCommand();
#pragma warning disable CA2100 // The tests' own constants.
            command.CommandText = sql;
#pragma warning restore CA2100
            var (text, place) = (command.Parameters.Add("@text", SqliteType.Text), command.Parameters.Add("@n", SqliteType.Integer));
            for (var i = 0; i < texts.Count; i++)
            {
                (text.Value, place.Value) = (texts[i], i + 1);
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
        await db.CloseAsync();
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();
}
