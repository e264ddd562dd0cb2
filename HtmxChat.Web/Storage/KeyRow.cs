using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Storage;

/// <summary>A Data Protection key: what signs forms. In the database, so that forms outlive a restart and hold on every node.</summary>
public sealed class KeyRow
{
    public long Id { get; set; }

    /// <summary>As ASP.NET Core calls it.</summary>
    public required string Name { get; set; }

    public required string Xml { get; set; }
}

sealed class KeysTable : IEntityTypeConfiguration<KeyRow>
{
    public void Configure(EntityTypeBuilder<KeyRow> builder) => builder.ToTable("data_protection_keys");
}
