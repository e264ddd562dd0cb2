using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>
/// Who is typing in which room, said to its pages beside the log; nothing of it is kept. Looks once in <see cref="Interval"/>, so
/// that any number of people who type cost each page one small write at most. Safe for any number of threads but for <see cref="LookAsync"/>.
/// </summary>
public sealed class Typing(LiveConnections live, Attendance attendance, SiteDirectory sites, IRelay relay, TimeProvider time, ILogger<Typing> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Whoever has said nothing for so long does not type any more.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(5);

    /// <summary>More often it is not heard.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<RoomId, TypingRoom> rooms = new();
    Listening? listening;

    protected override string Failure => "Who is typing could not be told";

    /// <summary>Says that somebody types in a room, or does no more. Whoever hides that they are here, or that they type, is not shown.</summary>
    /// <param name="access">Of that person.</param>
    public void Note(RoomAccess access, Viewer viewer, bool isTyping)
    {
        if (!access.MayPost || !viewer.Preferences.SharesTyping || attendance.Hides(viewer.Id)) return;

        if (!isTyping) Stop(access.Room.Id, viewer.Id);
        else if (Note(access.Room.Id, viewer.Id, viewer.Name)) Publish($"{access.Room.Id} {viewer.Id} {viewer.Name}");
    }

    /// <summary>Says that somebody does not type any more: the message is there.</summary>
    public void Stop(RoomId room, PersonId person)
    {
        if (rooms.TryGetValue(room, out var there) && there.Remove(person)) Publish($"{room} {person}");
    }

    /// <summary>Tells the pages of each room what has changed since the last time.</summary>
    public override Task LookAsync(CancellationToken ct)
    {
        Listen();
        if (rooms.IsEmpty) return Task.CompletedTask;

        var pages = live.Open().Where(p => rooms.ContainsKey(p.Holder.Room)).ToLookup(p => p.Holder.Room);
        foreach (var (room, there) in rooms)
        {
            there.Tell(pages[room].ToList(), Time);
            if (there.IsOver) rooms.TryRemove(KeyValuePair.Create(room, there));
        }
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        listening?.Dispose();
        base.Dispose();
    }

    bool Note(RoomId room, PersonId person, string name) => rooms.GetOrAdd(room, _ => new TypingRoom()).Note(person, name, Time);

    void Publish(string message)
    {
        if (relay.ReachesOthers) relay.Publish(Channel, Encoding.UTF8.GetBytes(message));
    }

    // Whoever is on this node has the site set up, so that it has a name to listen by.
    void Listen()
    {
        if (listening is null && relay.ReachesOthers && live.Changes > 0) listening = relay.Listen(Channel, message => Hear(Encoding.UTF8.GetString(message.Span)));
    }

    void Hear(string message)
    {
        if (message.Split(' ', 3) is not [var room, var person, .. var name]
            || !long.TryParse(room, NumberStyles.None, CultureInfo.InvariantCulture, out var roomId) || !long.TryParse(person, NumberStyles.None, CultureInfo.InvariantCulture, out var personId)) return;

        if (name is [var called]) Note(new RoomId(roomId), new PersonId(personId), called);
        else if (rooms.TryGetValue(new RoomId(roomId), out var there)) there.Remove(new PersonId(personId));
    }

    string Channel => $"{sites.Current.Epoch}:typing";
}
