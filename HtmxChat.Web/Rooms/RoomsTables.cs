using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Rooms;

/// <summary>The tables of this slice.</summary>
public sealed class RoomsTables : IEntityTypeConfiguration<RoomRow>
{
    public void Configure(EntityTypeBuilder<RoomRow> builder)
    {
        builder.ToTable("rooms");
        builder.HasIndex(r => r.NameKey).IsUnique();
    }
}
