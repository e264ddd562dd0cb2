using System.Data.Common;

namespace HtmxChat.Web.Storage;

/// <summary>Opens connections for reading with exact SQL.</summary>
public sealed class SqlReader(Func<CancellationToken, Task<DbConnection>> open)
{
    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> AllAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken ct, params (string Name, object Value)[] parameters)
    {
        await using var connection = await open(ct);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this program; values travel as parameters only.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }
}
