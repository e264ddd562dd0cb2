using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HtmxChat.Web.Storage;

/// <summary>Which migrations there are and which have been made, without building EF Core's model.</summary>
static class MigrationHistory
{
    /// <summary>The id of the newest migration of a context in this program.</summary>
    public static string? NewestOf(Type context) => typeof(MigrationHistory).Assembly.GetTypes()
        .Where(t => t.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
        .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).Max(StringComparer.Ordinal);

    /// <summary>The id of the newest migration that was made in a database.</summary>
    public static string? NewestIn(SqlSession session) =>
        session.First("""select "MigrationId" from "__EFMigrationsHistory" order by 1 desc limit 1""", row => row.GetString(0));
}
