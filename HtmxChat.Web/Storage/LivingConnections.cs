using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HtmxChat.Web.Storage;

/// <summary>
/// Sees to it that the connections that EF Core opens are to a server that is there: those that were kept while
/// PostgreSQL was restarted are not. Asking costs one round trip, and what EF Core does here hashes a password besides.
/// </summary>
sealed class LivingConnections(NpgsqlDataSource source) : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var question = Question(connection);
            await question.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException)
        {
            source.Clear();
            await connection.CloseAsync();
            await connection.OpenAsync(cancellationToken);
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        try
        {
            using var question = Question(connection);
            question.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            source.Clear();
            connection.Close();
            connection.Open();
        }
    }

    static DbCommand Question(DbConnection connection)
    {
        var question = connection.CreateCommand();
        question.CommandText = "select 1";
        return question;
    }
}
