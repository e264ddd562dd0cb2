using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Reminders;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Scheduling;

/// <summary>
/// Posts what was to be posted later, when its time has come, or at the next start when the server was away then. It goes the way
/// of every message, with its author's rights as they are now. Any number of nodes may be at it, and any of them may be
/// killed between the post and what follows: its key makes it one message.
/// </summary>
public sealed class PostScheduled(ScheduledMessages scheduled, PostMessage post, RoomDirectory rooms, MessageList messages, DueWatch watch, SqlReader sql, TimeProvider time, ILogger<PostScheduled> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    const int AtOnce = 100;

    static readonly Refusal NoRoom = new("You are not in this room any more, or it is not there any more.");
    static readonly Refusal NoAuthor = new("Your account could not post at that time.");
    static readonly Refusal OtherText = new("It was sent before with another text. To send this one as well, copy it into a new message.");

    protected override string Failure => "Messages that are due could not be posted";

    /// <summary>Posts what is due.</summary>
    public override async Task LookAsync(CancellationToken ct)
    {
        foreach (var due in await scheduled.DueAsync(AtOnce, ct)) await RunAsync(due, ct);
    }

    /// <summary>Posts one of them. What the server cannot take just now stays as it is, for the next look.</summary>
    public async Task RunAsync(ScheduledMessage due, CancellationToken ct)
    {
        switch (await PostAsync(due, ct))
        {
            case PostOutcome.Sent or PostOutcome.Told: await scheduled.PostedAsync(due, ct); break;
            case PostOutcome.Refused(var why): await FailAsync(due, why, ct); break;
            case PostOutcome.KeyUsedBefore: await FailAsync(due, OtherText, ct); break;
        }
    }

    async Task<PostOutcome> PostAsync(ScheduledMessage due, CancellationToken ct)
    {
        if (await FindAuthorAsync(due.Person, ct) is not { } author) return new PostOutcome.Refused(NoAuthor);
        if (await rooms.FindAsync(due.Room, author, ct) is not { } access) return new PostOutcome.Refused(NoRoom);

        // What it answers may have gone while it waited. It is one all the same, to nothing.
        var reply = due.Reply is { } seq && await messages.FindPlaceAsync(access, seq, ct) is not null ? $"{seq}" : null;
        return await post.RunAsync(access, Author.Of(author), new PostForm(due.Key.Text, due.Text, reply) { IsLate = true }, ct);
    }

    async Task FailAsync(ScheduledMessage due, Refusal why, CancellationToken ct)
    {
        await scheduled.FailedAsync(due, why, ct);
        watch.HasChanged(due.Person);
    }

    async Task<Viewer?> FindAuthorAsync(PersonId person, CancellationToken ct) => (await sql.AllAsync(
        $"select display_name, role, picture, language from people where id = @id and standing = {Standing.Active:D}",
        row => new Viewer(person, row.GetString(0), (Role)row.GetInt32(1)) { Picture = row.IsDBNull(2) ? null : row.GetString(2), Language = row.GetString(3) },
        ct, ("@id", person.Value))).SingleOrDefault();
}
