using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace HtmxChat.Web.Storage;

/// <summary>Lets the EF Core tool write migrations for SQLite without starting the server.</summary>
public sealed class ChatDbDesign : IDesignTimeDbContextFactory<ChatDb>
{
    public ChatDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<ChatDb>().UseSqlite("Data Source=:memory:").Options);
}
