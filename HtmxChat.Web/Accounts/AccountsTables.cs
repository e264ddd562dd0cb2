using HtmxChat.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Accounts;

/// <summary>The tables of this slice.</summary>
public sealed class AccountsTables :
    IEntityTypeConfiguration<SiteRow>, IEntityTypeConfiguration<SessionRow>, IEntityTypeConfiguration<Person>,
    IEntityTypeConfiguration<InviteRow>, IEntityTypeConfiguration<AccountLinkRow>
{
    public void Configure(EntityTypeBuilder<SiteRow> builder)
    {
        builder.ToTable("sites");
        builder.Property(s => s.Id).ValueGeneratedNever();
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

    public void Configure(EntityTypeBuilder<AccountLinkRow> builder)
    {
        builder.ToTable("account_links");
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasIndex(l => l.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId);
    }
}
