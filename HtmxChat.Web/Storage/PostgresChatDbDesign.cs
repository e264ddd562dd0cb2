using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace HtmxChat.Web.Storage;

/// <summary>Lets the EF Core tool write migrations for PostgreSQL without starting the server.</summary>
public sealed class PostgresChatDbDesign : IDesignTimeDbContextFactory<PostgresChatDb>
{
    public PostgresChatDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresChatDb>().UseNpgsql("Host=localhost").Options);
}
