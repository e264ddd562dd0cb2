using Microsoft.Data.Sqlite;

namespace HtmxChat.Bench.Server;

/// <summary>What the database file holds, read without the server.</summary>
public static class StoredKeys
{
    /// <summary>Makes sure that each of the client keys is stored, and once.</summary>
    /// <exception cref="WrongAnswerException">One is missing, or there twice.</exception>
    public static async Task RequireAsync(DataFolder data, IEnumerable<string> acknowledged, CancellationToken ct)
    {
        var stored = await CountAsync(data.DatabaseFile, ct);
        List<string> wrong = [.. acknowledged.Where(key => stored.GetValueOrDefault(key) != 1)];
        if (wrong.Count > 0) throw new WrongAnswerException($"{wrong.Count} acknowledged posts are not in the file exactly once, the first is {wrong[0]}.");
    }

    static async Task<Dictionary<string, int>> CountAsync(string file, CancellationToken ct)
    {
        SQLitePCL.Batteries_V2.Init();
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "select client_key from messages where client_key like 'bench-%'";
        await using var rows = await command.ExecuteReaderAsync(ct);
        var counts = new Dictionary<string, int>();
        while (await rows.ReadAsync(ct)) counts[rows.GetString(0)] = counts.GetValueOrDefault(rows.GetString(0)) + 1;
        return counts;
    }
}
