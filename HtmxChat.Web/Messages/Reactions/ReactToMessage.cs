using System.Globalization;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>Puts emoji below messages: an event of the room's log, as every change of a message is.</summary>
public sealed class ReactToMessage(GroupCommit writes, MessageList messages, PublishMessages publish, RecentEmoji recent)
{
    public const string NoEmoji = "That is no emoji.";
    public static readonly string TooMany = $"A message can have {ReactionTally.MaxEmoji} different emoji, and this one has. You can join one of those.";
    public static readonly string Crowded = string.Create(CultureInfo.InvariantCulture, $"This message has got {ReactionTally.MaxPresses:N0} reactions, and that is as many as one can have.");

    /// <param name="access">A room that the person may read.</param>
    /// <param name="emoji">Anything at all.</param>
    public async Task<ChangeOutcome> RunAsync(RoomAccess access, long seq, PersonId person, string? emoji, Wish wish, CancellationToken ct)
    {
        if (await messages.FindShownAsync(access, seq, ct) is not { } message) return new ChangeOutcome.NotFound();
        if (!access.MayPost) return new ChangeOutcome.Refused(new(RoomWords.Of(access.Room.Writers)));
        if (AllEmoji.Find(emoji) is not { } known) return new ChangeOutcome.Refused(new(NoEmoji));
        if (message.Reactions.AreTooMany && !message.Reactions.Has(known, person)) return new ChangeOutcome.Refused(new(Crowded));
        if (message.Reactions.AreFull && !message.Reactions.Has(known)) return new ChangeOutcome.Refused(new(TooMany));

        var (found, changed) = await writes.WriteAsync(access.Room.Id, sql => Store(sql, access.Room.Id, seq, person, known, wish), ct);
        if (found is null) return new ChangeOutcome.NotFound();

        if (changed is null) return new ChangeOutcome.Changed(message);

        await publish.RunAsync(changed);
        if (changed.Reactions.Has(known, person)) await recent.NoteAsync(person, known, CancellationToken.None);
        return new ChangeOutcome.Changed(changed);
    }

    // Others may have reacted since the message was looked at, or deleted it.
    static (ReactionTally? Found, Message? Changed) Store(SqlSession sql, RoomId room, long seq, PersonId person, string emoji, Wish wish)
    {
        RoomSql.Lock(sql, room);
        var now = sql.First(
            "select reactions from messages where room_id = @room and seq = @seq and deleted_at_ms is null",
            row => ReactionTally.Parse(row.IsDBNull(0) ? null : row.GetString(0)), ("@room", room.Value), ("@seq", seq));
        if (now is null || Next(now, person, emoji, wish) is not { } next || next == now) return (now, null);

        sql.Execute("update messages set reactions = @reactions where room_id = @room and seq = @seq", ("@reactions", next.Stored), ("@room", room.Value), ("@seq", seq));
        Renumbering.Run(sql, room, RoomChange.Reacted, [seq]);
        return (now, Renumbering.Read(sql, room, [seq]).Single());
    }

    static ReactionTally Next(ReactionTally now, PersonId person, string emoji, Wish wish) =>
        wish == Wish.Leave || (wish == Wish.Change && now.Has(emoji, person)) ? now.Without(emoji, person) :
        now.AreTooMany || (now.AreFull && !now.Has(emoji)) ? now : now.With(emoji, person);
}
