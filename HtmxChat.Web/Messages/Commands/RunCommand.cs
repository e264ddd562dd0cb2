using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Caching.Memory;

namespace HtmxChat.Web.Messages.Commands;

/// <summary>Does what somebody asks for by a command instead of saying something.</summary>
public sealed class RunCommand(ManageRoom manage, Members members, People people, Caches caches) : IDisposable
{
    const int MaxAnswers = 10_000;

    // What is sent again with the same key is not done again: a page does that whose connection broke.
    static readonly TimeSpan KeepTime = TimeSpan.FromMinutes(10);

    readonly MemoryCache answers = caches.New(MaxAnswers);

    /// <param name="access">A room in which this person may write.</param>
    public async Task<PostOutcome> RunAsync(RoomAccess access, PersonId person, ClientKey key, SlashCommand command, CancellationToken ct)
    {
        if (answers.TryGetValue((person, key), out PostOutcome? before)) return before!;

        var outcome = command switch
        {
            SlashCommand.SetTopic(var text) => await SetTopicAsync(access, person, text, ct),
            SlashCommand.Invite(var handles) => await InviteAsync(access, person, handles, ct),
            SlashCommand.Away => Told(await people.ToggleHidingAsync(person, key.Text, ct) ? CommandAnswer.Kinds.Hidden : CommandAnswer.Kinds.Shown),
            SlashCommand.Help => Told(CommandAnswer.Kinds.Help),
            SlashCommand.Unclear(var why) => new PostOutcome.Refused(why),
            _ => throw new InvalidOperationException($"Unknown command {command}."),
        };
        return outcome is PostOutcome.Told ? answers.Set((person, key), outcome, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeepTime }) : outcome;
    }

    public void Dispose() => answers.Dispose();

    async Task<PostOutcome> SetTopicAsync(RoomAccess access, PersonId person, string text, CancellationToken ct)
    {
        if (access.Room.Kind == RoomKind.Direct) return Refused("A direct conversation has no topic.");
        if (!access.MayManage) return Refused("Only the room's owner and administrators set its topic.");
        if (Topic.Parse(text, out var refusal) is not { } topic) return new PostOutcome.Refused(refusal!);

        var settings = await manage.SettingsAsync(access.Room, ct);
        return await manage.SetAsync(new ManagedRoom(access.Room, MayRead: true), person, settings with { Topic = topic }, ct) is { } why
            ? new PostOutcome.Refused(why)
            : Told(topic.Text.Length > 0 ? CommandAnswer.Kinds.TopicSet : CommandAnswer.Kinds.TopicTaken);
    }

    async Task<PostOutcome> InviteAsync(RoomAccess access, PersonId person, IReadOnlyList<string> handles, CancellationToken ct)
    {
        if (access.Room.Kind == RoomKind.Open) return Refused($"Everybody can read this room already. Write @{handles[0]} in a message, and they are told of it.");
        if (access.Room.Kind == RoomKind.Direct) return Refused("A direct conversation stays between those whom it was opened for.");
        if (!access.MayManage) return Refused("Only the room's owner and administrators let people in.");
        if (handles.Count > ReadPlaceSql.MaxMentioned) return Refused($"Please invite at most {ReadPlaceSql.MaxMentioned} people at a time.");

        var invited = new HashSet<PersonId>();
        foreach (var handle in handles)
        {
            if (await members.FindByHandleAsync(handle, ct) is not { } found) return Refused($"Nobody is called @{handle}.");
            invited.Add(found);
        }
        return Told(CommandAnswer.Kinds.Invited, await members.AddAsync(access, person, invited, ct));
    }

    static PostOutcome.Told Told(CommandAnswer.Kinds kind, int count = 0) => new(new CommandAnswer(kind, count));

    static PostOutcome.Refused Refused(string why) => new(new Refusal($"{why} Your text is kept."));
}
