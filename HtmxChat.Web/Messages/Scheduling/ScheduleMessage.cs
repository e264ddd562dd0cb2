using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Scheduling;

/// <summary>What came of keeping a message to be sent later, or of changing one.</summary>
public abstract record ScheduleOutcome
{
    /// <summary>It is on disk.</summary>
    public sealed record Kept : ScheduleOutcome;

    /// <summary>The text cannot be taken.</summary>
    public sealed record Refused(Refusal Why) : ScheduleOutcome;

    /// <summary>The time cannot be taken.</summary>
    public sealed record NoSuchTime(Refusal Why) : ScheduleOutcome;

    /// <summary>It is not there any more, or being sent.</summary>
    public sealed record TooLate : ScheduleOutcome;
}

/// <summary>Keeps what somebody writes until its time comes, and lets them change it until then.</summary>
public sealed class ScheduleMessage(ScheduledMessages scheduled, KeptDrafts drafts, SiteDirectory sites, TimeProvider time)
{
    static readonly Refusal NoCommands = new("This command does something at once, and is not kept for later. To send it as text, begin it with two slashes; your text is kept.");

    /// <param name="form">Anything at all, but for the message that is answered, which has been looked for.</param>
    /// <param name="when">See <see cref="DueTime.Parse"/>.</param>
    public async Task<ScheduleOutcome> AddAsync(RoomAccess access, Viewer viewer, PostForm form, string? when, string? at, CancellationToken ct)
    {
        if (!access.MayPost) return new ScheduleOutcome.Refused(new(RoomWords.Of(access.Room.Writers)));
        var (draft, dueAt, refused) = await ParseAsync(viewer, form.Text, when, at, ct);
        if (refused is not null) return refused;
        if (ClientKey.Parse(form.Key) is not { } key) return new ScheduleOutcome.Refused(new("This form was incomplete. Please send it once more; your text is kept."));

        var answers = form.Reply is { Length: > 0 } reply ? long.Parse(reply, System.Globalization.CultureInfo.InvariantCulture) : (long?)null;
        if (await scheduled.AddAsync(viewer.Id, access.Room.Id, key, draft! with { Answers = answers }, dueAt, ct) is { } tooMany) return new ScheduleOutcome.Refused(tooMany);

        await drafts.SentAsync(viewer.Id, access.Room.Id, form, ct);
        return new ScheduleOutcome.Kept();
    }

    /// <summary>Gives one another text and another time.</summary>
    public async Task<ScheduleOutcome> ChangeAsync(Viewer viewer, long id, string? text, string? when, string? at, CancellationToken ct)
    {
        var (draft, dueAt, refused) = await ParseAsync(viewer, text, when, at, ct);
        if (refused is not null) return refused;

        return await scheduled.ChangeAsync(viewer.Id, id, draft!, dueAt, ct) ? new ScheduleOutcome.Kept() : new ScheduleOutcome.TooLate();
    }

    async Task<(Draft? Draft, DateTimeOffset DueAt, ScheduleOutcome? Refused)> ParseAsync(Viewer viewer, string? text, string? when, string? at, CancellationToken ct)
    {
        if (Draft.Parse(text, out var refusal, await sites.MaxMessageLengthAsync(ct)) is not { } draft) return (null, default, new ScheduleOutcome.Refused(refusal!));
        switch (SlashCommand.Parse(draft.Text))
        {
            case SlashCommand.Unclear(var why): return (null, default, new ScheduleOutcome.Refused(why));
            case not SlashCommand.Say: return (null, default, new ScheduleOutcome.Refused(NoCommands));
        }
        if (DueTime.Parse(when, at, viewer.Zone, time.GetUtcNow(), out refusal) is not { } dueAt) return (null, default, new ScheduleOutcome.NoSuchTime(refusal!));

        return (draft, dueAt, null);
    }
}
