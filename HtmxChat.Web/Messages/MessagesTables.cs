using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Messages;

/// <summary>The tables of this slice.</summary>
public sealed class MessagesTables : IEntityTypeConfiguration<MessageRow>, IEntityTypeConfiguration<EventRow>, IEntityTypeConfiguration<ReportRow>
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
    }

    public void Configure(EntityTypeBuilder<ReportRow> builder)
    {
        builder.ToTable("reports");
        builder.HasIndex(r => new { r.RoomId, r.MessageSeq, r.ReporterId }).IsUnique();

        // Of the few that wait.
        builder.HasIndex(r => r.Id).HasFilter("handled_at_ms is null");
        builder.HasOne<RoomRow>().WithMany().HasForeignKey(r => r.RoomId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(r => r.ReporterId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(r => r.HandledById).OnDelete(DeleteBehavior.Restrict);
    }
}
