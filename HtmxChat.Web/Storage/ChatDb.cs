using System.Text.RegularExpressions;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace HtmxChat.Web.Storage;

/// <summary>
/// The database. Each slice declares its own tables (an <see cref="IEntityTypeConfiguration{T}"/> beside its rows);
/// people's come with Identity.
/// </summary>
public partial class ChatDb : IdentityUserContext<Person, long>
{
    public ChatDb(DbContextOptions<ChatDb> options) : base(options)
    {
    }

    /// <summary>For another database, which has migrations of its own.</summary>
    protected ChatDb(DbContextOptions options) : base(options)
    {
    }

    // Indexes are chosen by hand: one more on the events would be one more page to write for each message.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ChatDb).Assembly);
        NameInSnakeCase(builder);
    }

    // One spelling that both databases take without quotes, because the hot queries are written by hand.
    static void NameInSnakeCase(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase(property.Name));
        }
    }

    static string SnakeCase(string name) => WordStart.Replace(name, "_$1").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    static partial Regex WordStart { get; }
}
