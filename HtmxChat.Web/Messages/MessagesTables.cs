using System.Linq.Expressions;
using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Moderation;
using HtmxChat.Web.Messages.Reminders;
using HtmxChat.Web.Messages.Scheduling;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HtmxChat.Web.Messages;

/// <summary>The tables of this slice.</summary>
public sealed class MessagesTables :
    IEntityTypeConfiguration<MessageRow>, IEntityTypeConfiguration<EventRow>, IEntityTypeConfiguration<ReportRow>,
    IEntityTypeConfiguration<MentionRow>, IEntityTypeConfiguration<SavedRow>, IEntityTypeConfiguration<ReminderRow>, IEntityTypeConfiguration<ScheduledRow>,
    IEntityTypeConfiguration<DraftRow>, IEntityTypeConfiguration<ThreadFollowerRow>, IEntityTypeConfiguration<PreviewPictureRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => new { m.RoomId, m.Seq });
        builder.Property(m => m.IsRemoved).HasDefaultValue(false);
        builder.HasIndex(m => new { m.AuthorId, m.ClientKey }).IsUnique();

        // Of the answers alone: every other message costs nothing here.
        builder.HasIndex(m => new { m.RoomId, m.ReplyToSeq }).HasFilter("reply_to_seq is not null");

        // Of what the room's own list has: however much was said in threads in between, it is not looked at. Used where a query says it in these words, see MessageSql.InRoom.
        builder.HasIndex(m => new { m.RoomId, m.Seq }).HasFilter("thread_seq is null or is_in_room_too");

        // Likewise of those in threads, of what is passed on, and of what is pinned.
        builder.HasIndex(m => new { m.RoomId, m.ThreadSeq, m.Seq }).HasFilter("thread_seq is not null");
        builder.HasIndex(m => new { m.ForwardedRoomId, m.ForwardedSeq }).HasFilter("forwarded_seq is not null");
        builder.HasIndex(m => new { m.RoomId, m.PinnedAtMs }).HasFilter("pinned_at_ms is not null");
        builder.Property(m => m.IsInRoomToo).HasDefaultValue(false);
        builder.Property(m => m.ThreadCount).HasDefaultValue(0);
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

    public void Configure(EntityTypeBuilder<MentionRow> builder)
    {
        builder.ToTable("mentions");
        builder.HasKey(m => new { m.PersonId, m.RoomId, m.Seq });
        builder.HasIndex(m => new { m.PersonId, m.SentAtMs });
        GoesWithMessage(builder, m => new { m.RoomId, m.Seq });
        GoesWithPerson(builder, m => m.PersonId);
    }

    public void Configure(EntityTypeBuilder<SavedRow> builder)
    {
        builder.ToTable("saved");
        builder.HasKey(s => new { s.PersonId, s.RoomId, s.Seq });
        builder.HasIndex(s => new { s.PersonId, s.SavedAtMs });
        GoesWithMessage(builder, s => new { s.RoomId, s.Seq });
        GoesWithPerson(builder, s => s.PersonId);
    }

    public void Configure(EntityTypeBuilder<ReminderRow> builder)
    {
        builder.ToTable("reminders");
        builder.HasIndex(r => new { r.PersonId, r.DueAtMs });

        // Of those that wait.
        builder.HasIndex(r => r.DueAtMs).HasFilter("told_at_ms is null");
        GoesWithMessage(builder, r => new { r.RoomId, r.Seq });
        GoesWithPerson(builder, r => r.PersonId);
    }

    public void Configure(EntityTypeBuilder<ScheduledRow> builder)
    {
        builder.ToTable("scheduled");
        builder.HasIndex(s => new { s.PersonId, s.DueAtMs });
        builder.HasIndex(s => s.DueAtMs).HasFilter("problem is null");
        GoesWithRoom(builder, s => s.RoomId);
        GoesWithPerson(builder, s => s.PersonId);
    }

    public void Configure(EntityTypeBuilder<DraftRow> builder)
    {
        builder.ToTable("drafts");
        builder.HasKey(d => new { d.PersonId, d.RoomId, d.ThreadSeq });
        GoesWithRoom(builder, d => d.RoomId);
        GoesWithPerson(builder, d => d.PersonId);
    }

    public void Configure(EntityTypeBuilder<ThreadFollowerRow> builder)
    {
        builder.ToTable("thread_followers");
        builder.HasKey(f => new { f.RoomId, f.ThreadSeq, f.PersonId });

        // Somebody's threads are counted for each page that they load.
        builder.HasIndex(f => f.PersonId);
        builder.HasOne<MessageRow>().WithMany().HasForeignKey(f => new { f.RoomId, f.ThreadSeq }).OnDelete(DeleteBehavior.Cascade);
        GoesWithPerson(builder, f => f.PersonId);
    }

    public void Configure(EntityTypeBuilder<PreviewPictureRow> builder)
    {
        builder.ToTable("preview_pictures");
        builder.HasKey(p => new { p.RoomId, p.Seq });
        builder.HasOne<MessageRow>().WithOne().HasForeignKey<PreviewPictureRow>(p => new { p.RoomId, p.Seq }).OnDelete(DeleteBehavior.Cascade);
    }

    // What refers to something that goes is looked for each time: so each of these has an index.
    static void GoesWithMessage<T>(EntityTypeBuilder<T> builder, Expression<Func<T, object?>> message) where T : class
    {
        builder.HasIndex(message);
        builder.HasOne<MessageRow>().WithMany().HasForeignKey(message).OnDelete(DeleteBehavior.Cascade);
    }

    static void GoesWithRoom<T>(EntityTypeBuilder<T> builder, Expression<Func<T, object?>> room) where T : class
    {
        builder.HasIndex(room);
        builder.HasOne<RoomRow>().WithMany().HasForeignKey(room).OnDelete(DeleteBehavior.Cascade);
    }

    static void GoesWithPerson<T>(EntityTypeBuilder<T> builder, Expression<Func<T, object?>> person) where T : class =>
        builder.HasOne<Person>().WithMany().HasForeignKey(person).OnDelete(DeleteBehavior.Cascade);
}
