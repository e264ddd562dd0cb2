using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Storage;

/// <summary>The same database on PostgreSQL: EF Core tells two sets of migrations apart by their contexts.</summary>
public sealed class PostgresChatDb(DbContextOptions<PostgresChatDb> options) : ChatDb(options);
