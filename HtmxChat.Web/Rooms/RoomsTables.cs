using HtmxChat.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Rooms;

/// <summary>The tables of this slice.</summary>
public sealed class RoomsTables : IEntityTypeConfiguration<RoomRow>, IEntityTypeConfiguration<MembershipRow>, IEntityTypeConfiguration<ReadPlaceRow>, IEntityTypeConfiguration<AttendanceRow>, IEntityTypeConfiguration<ChangedOriginalRow>
{
    public void Configure(EntityTypeBuilder<RoomRow> builder)
    {
        builder.ToTable("rooms");
        builder.HasIndex(r => r.NameKey).IsUnique();

        builder.Property(r => r.ShowsPreviews).HasDefaultValue(true).HasSentinel(true);
        builder.Property(r => r.CallingAll).HasDefaultValue(PostingRule.Everybody).HasSentinel(PostingRule.Everybody);

        // Of the few that are public.
        builder.HasIndex(r => r.Id).HasFilter("world_from_seq is not null");
    }

    public void Configure(EntityTypeBuilder<MembershipRow> builder)
    {
        builder.ToTable("memberships");
        builder.HasKey(m => new { m.RoomId, m.PersonId });
        builder.HasIndex(m => m.PersonId);
        builder.HasOne<RoomRow>().WithMany().HasForeignKey(m => m.RoomId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AttendanceRow> builder)
    {
        builder.ToTable("attendance");
        builder.HasKey(a => a.Node);
    }

    public void Configure(EntityTypeBuilder<ChangedOriginalRow> builder) => builder.ToTable("changed_originals");

    public void Configure(EntityTypeBuilder<ReadPlaceRow> builder)
    {
        builder.ToTable("read_places");
        builder.HasKey(p => new { p.RoomId, p.PersonId });
        builder.HasIndex(p => p.PersonId);
        builder.HasOne<RoomRow>().WithMany().HasForeignKey(p => p.RoomId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
