using HtmxChat.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Accounts;

/// <summary>The tables of this slice.</summary>
public sealed class AccountsTables :
    IEntityTypeConfiguration<SiteRow>, IEntityTypeConfiguration<SessionRow>, IEntityTypeConfiguration<Person>,
    IEntityTypeConfiguration<InviteRow>, IEntityTypeConfiguration<PictureRow>, IEntityTypeConfiguration<FormerHandleRow>,
    IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<SiteRow> builder)
    {
        builder.ToTable("sites");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Joining).HasDefaultValue(Joining.ByInvite).HasSentinel(Joining.ByInvite);
        builder.Property(s => s.RoomMakers).HasDefaultValue(RoomMakers.Members).HasSentinel(RoomMakers.Members);
        builder.Property(s => s.MaxMessageLength).HasDefaultValue(Site.DefaultMaxMessageLength).HasSentinel(Site.DefaultMaxMessageLength);
        builder.Property(s => s.MaxUploadMegabytes).HasDefaultValue(Site.DefaultMaxUploadMegabytes).HasSentinel(Site.DefaultMaxUploadMegabytes);
        builder.Property(s => s.Style).HasDefaultValue("");
    }

    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("sessions");
        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.HasIndex(s => s.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
    }

    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people");

        // Identity's own index lets two people have the same address.
        builder.HasIndex(p => p.NormalizedEmail).IsUnique();
    }

    public void Configure(EntityTypeBuilder<InviteRow> builder)
    {
        builder.ToTable("invites");
        builder.HasIndex(i => i.Code).IsUnique();
        builder.HasOne<Person>().WithMany().HasForeignKey(i => i.CreatedById).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PictureRow> builder)
    {
        builder.ToTable("pictures");
        builder.HasKey(p => p.PersonId);
        builder.Property(p => p.PersonId).ValueGeneratedNever();
        builder.HasOne<Person>().WithOne().HasForeignKey<PictureRow>(p => p.PersonId);
    }

    public void Configure(EntityTypeBuilder<FormerHandleRow> builder)
    {
        builder.ToTable("former_handles");
        builder.HasKey(h => h.Key);
        builder.HasOne<Person>().WithMany().HasForeignKey(h => h.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit");
        builder.HasIndex(a => new { a.Kind, a.Id });
        builder.HasIndex(a => a.ById);
        builder.HasIndex(a => a.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.ById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
