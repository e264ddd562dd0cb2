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

    public ValueTask DisposeAsync() => db.DisposeAsync();
}
