using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Messages;

/// <summary>The tables of this slice.</summary>
public sealed class MessagesTables : IEntityTypeConfiguration<MessageRow>, IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => new { m.RoomId, m.Seq });
        builder.Property(m => m.IsRemoved).HasDefaultValue(false);
        builder.HasIndex(m => new { m.AuthorId, m.ClientKey }).IsUnique();
        builder.HasOne<RoomRow>().WithMany().HasForeignKey(m => m.RoomId);
        builder.HasOne<Person>().WithMany().HasForeignKey(m => m.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("events");
        builder.HasKey(e => new { e.RoomId, e.Seq });
        builder.HasOne<RoomRow>().WithMany().HasForeignKey(e => e.RoomId);
        builder.HasOne<MessageRow>().WithMany().HasForeignKey(e => new { e.RoomId, e.MessageSeq }).IsRequired(false).OnDelete(DeleteBehavior.Cascade);
    }
}
