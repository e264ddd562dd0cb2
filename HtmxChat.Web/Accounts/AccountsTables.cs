using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Accounts;

/// <summary>The tables of this slice.</summary>
public sealed class AccountsTables :
    IEntityTypeConfiguration<SiteRow>, IEntityTypeConfiguration<SessionRow>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<IdentityUserLogin<long>>,
    IEntityTypeConfiguration<InviteRow>, IEntityTypeConfiguration<PictureRow>, IEntityTypeConfiguration<FormerHandleRow>,
    IEntityTypeConfiguration<AuditRow>,
    IEntityTypeConfiguration<TwoStepRow>, IEntityTypeConfiguration<RecoveryCodeRow>, IEntityTypeConfiguration<PasskeyRow>, IEntityTypeConfiguration<PhoneLinkRow>, IEntityTypeConfiguration<AccountLinkRow>
{
    public void Configure(EntityTypeBuilder<SiteRow> builder)
    {
        builder.ToTable("sites");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Joining).HasDefaultValue(Joining.ByInvite).HasSentinel(Joining.ByInvite);
        builder.Property(s => s.RoomMakers).HasDefaultValue(RoomMakers.Members).HasSentinel(RoomMakers.Members);
        builder.Property(s => s.MaxMessageLength).HasDefaultValue(Site.DefaultMaxMessageLength).HasSentinel(Site.DefaultMaxMessageLength);
        builder.Property(s => s.MaxUploadMegabytes).HasDefaultValue(Site.DefaultMaxUploadMegabytes).HasSentinel(Site.DefaultMaxUploadMegabytes);
        builder.Property(s => s.RoomsMayBePublic).HasDefaultValue(false);
        builder.Property(s => s.ShowsPreviews).HasDefaultValue(true).HasSentinel(true);
        builder.Property(s => s.Style).HasDefaultValue("");
        builder.Property(s => s.AuditDays).HasDefaultValue(SiteRow.DefaultAuditDays);
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
        builder.Property(p => p.Preferences).HasDefaultValue("");
        builder.Property(p => p.RecentEmoji).HasDefaultValue("");
        builder.Property(p => p.HidingKey).HasDefaultValue("");

        // Identity's own index lets two people have the same address.
        builder.HasIndex(p => p.NormalizedEmail).IsUnique();
    }

    // One account at the other site is enough: a second would be somebody else's way in.
    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder) => builder.HasIndex(l => new { l.UserId, l.LoginProvider }).IsUnique();

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

    public void Configure(EntityTypeBuilder<TwoStepRow> builder)
    {
        builder.ToTable("two_steps");
        builder.HasKey(t => t.PersonId);
        builder.Property(t => t.PersonId).ValueGeneratedNever();
        builder.HasOne<Person>().WithOne().HasForeignKey<TwoStepRow>(t => t.PersonId);
    }

    public void Configure(EntityTypeBuilder<RecoveryCodeRow> builder)
    {
        builder.ToTable("recovery_codes");
        builder.HasKey(c => new { c.PersonId, c.Hash });
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
    }

    public void Configure(EntityTypeBuilder<PasskeyRow> builder)
    {
        builder.ToTable("passkeys");
        builder.HasIndex(p => p.CredentialId).IsUnique();
        builder.HasIndex(p => p.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId);
    }

    public void Configure(EntityTypeBuilder<PhoneLinkRow> builder)
    {
        builder.ToTable("phone_links");
        builder.HasKey(l => l.SessionId);
        builder.Property(l => l.SessionId).ValueGeneratedNever();
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasOne<SessionRow>().WithOne().HasForeignKey<PhoneLinkRow>(l => l.SessionId);
    }

    public void Configure(EntityTypeBuilder<AccountLinkRow> builder)
    {
        builder.ToTable("account_links");
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasIndex(l => l.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId);
    }
}
