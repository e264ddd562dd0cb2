using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// Keeps the lists of rooms on open pages as they are now: marks one by one, and the whole list where rooms have come, gone
/// or changed; and with them people's names and pictures. Looks once in <see cref="Interval"/>, so that a busy room costs each page one small write at most.
/// </summary>
public sealed class Sidebar(LiveConnections live, RoomDirectory rooms, Unread unread, Attendance attendance, ThreadMarks threads, NewFaces newFaces, RoomSigns signs, OtherNodes otherNodes, PartialRenderer partials, TimeProvider time, ILogger<Sidebar> logger) : BackgroundService
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How often the database is told how far those have read who stay where they are.</summary>
    static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<PersonId, bool> outdated = new();
    readonly Dictionary<PersonId, Follower> followers = [];
    object? openRooms;
    long changesSeen = -1;
    long notedAt;
    bool isEverybodyOutdated;

    /// <summary>Somebody who has pages open here.</summary>
    sealed class Follower
    {
        public List<LiveConnection> Pages { get; } = [];

        public HashSet<LiveConnection> Told { get; } = [];

        public List<ListedRoom>? Rooms { get; set; }

        /// <summary>In how many threads there is something new; null until it has been asked for.</summary>
        public int? Threads { get; set; }

        public RoomList ListAt(RoomId current) => new(Rooms!, current) { Threads = Threads ?? 0 };
    }

    /// <summary>Says that rooms have changed, or who may enter them.</summary>
    public void HasChanged() => Volatile.Write(ref isEverybodyOutdated, true);

    /// <summary>Says that somebody's rooms have changed, or what they have set about them.</summary>
    public void HasChanged(PersonId person) => outdated[person] = true;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await unread.StoreAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            logger.LogWarning(e, "How far people have read in the last {Time} could not be stored", NoteEvery);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // What had changed has been taken, and has perhaps not been told.
                HasChanged();
                logger.LogWarning(e, "The lists of rooms could not be brought up to date; trying again in {Interval}", Interval);
            }
        }
    }

    async Task LookAsync(CancellationToken ct)
    {
        FindPages();
        NoteReading();
        await unread.StoreAsync(ct);
        unread.Forget(followers.ContainsKey);
        await attendance.LookAsync(ct);
        if (followers.Count == 0) return;

        foreach (var person in await otherNodes.LookAsync(followers.Keys, ct))
        {
            rooms.Forget(person);
            HasChanged(person);
        }

        // Before anything is read: what changes from here on is for the next look.
        var isOutdated = Interlocked.Exchange(ref isEverybodyOutdated, false);
        var open = await rooms.OpenRoomsAsync(ct);
        isOutdated |= open != openRooms;
        openRooms = open;
        await unread.AskOthersAsync(followers.Values.SelectMany(f => f.Rooms ?? []).Select(r => r.Room).Where(r => r.Kind != RoomKind.Open), ct);

        var (changedRooms, changedPeople) = unread.TakeChanges();
        var comeOrGone = attendance.TakeChanges();
        var faces = await newFaces.TakeChangesAsync(ct);
        if (faces.Count > 0)
        {
            rooms.ForgetAll();
            foreach (var (person, follower) in followers) Tell(person, follower, faces);
        }
        await CountThreadsAsync(ct);
        foreach (var (person, follower) in followers)
        {
            if (outdated.TryRemove(person, out _) || isOutdated || follower.Rooms is null) await ListAsync(person, follower, ct);
            else if (changedPeople.Contains(person)) Mark(person, follower, _ => true);
            else if (changedRooms.Count > 0 || comeOrGone.Count > 0) Mark(person, follower, r => changedRooms.Contains(r.Id) || (r.Other is { } other && comeOrGone.Contains(other)));
            await WelcomeAsync(follower, ct);
        }
    }

    // Their direct rooms are called by people's names.
    void Tell(PersonId person, Follower follower, IReadOnlyList<OutsideElement> faces)
    {
        foreach (var page in follower.Told) page.Aside.Say(faces);
        if (follower.Rooms?.Any(r => r.Room.Kind == RoomKind.Direct) == true) HasChanged(person);
    }

    void FindPages()
    {
        var changes = live.Changes;
        if (changes == changesSeen) return;

        changesSeen = changes;
        foreach (var follower in followers.Values) follower.Pages.Clear();
        foreach (var page in live.Open())
        {
            if (!followers.TryGetValue(page.Holder.Person, out var follower)) followers[page.Holder.Person] = follower = new Follower();
            follower.Pages.Add(page);
        }
        foreach (var (person, follower) in followers)
        {
            follower.Told.IntersectWith(follower.Pages);
            if (follower.Pages.Count == 0) followers.Remove(person);
        }
    }

    // Where somebody looks at a page, all that is written to it is read. It is noted when they stop; of those who stay, now and then.
    void NoteReading()
    {
        unread.AreWatched(followers.Values.SelectMany(f => f.Pages).Where(IsRead).Select(p => (p.Holder.Person, p.Holder.Room)).ToHashSet());
        if (time.GetElapsedTime(notedAt) < NoteEvery) return;

        notedAt = time.GetTimestamp();
        foreach (var page in followers.Values.SelectMany(f => f.Pages).Where(IsRead)) unread.HasRead(page);
    }

    static bool IsRead(LiveConnection page) => page.View.IsRead && !page.Ended.IsCancellationRequested;

    async Task ListAsync(PersonId person, Follower follower, CancellationToken ct)
    {
        var before = follower.Rooms;
        follower.Rooms = [.. await rooms.ListAsync(person, ct)];
        if (before is null || before.SequenceEqual(follower.Rooms)) return;

        // Where the lists differ in nothing else, the marks are told one by one.
        if (before.Select(Bare).SequenceEqual(follower.Rooms.Select(Bare))) Tell(follower, before);
        else follower.Told.Clear();
        threads.HasChanged([person]);
    }

    async Task CountThreadsAsync(CancellationToken ct)
    {
        var asked = threads.TakeChanges(followers.Keys).Union(followers.Where(f => f.Value.Threads is null).Select(f => f.Key)).ToList();
        foreach (var (person, count) in await threads.CountAsync(asked, ct))
        {
            var follower = followers[person];
            var before = follower.Threads;
            follower.Threads = count;
            if (before is null || before == count || follower.Rooms is null) continue;

            foreach (var page in follower.Told) page.Aside.Say(ThreadMarks.Element(count), follower.ListAt(default).ShownElement(time.GetUtcNow()));
        }
    }

    static ListedRoom Bare(ListedRoom listed) => listed with { Mark = default, Presence = null, HasDraft = false };

    void Mark(PersonId person, Follower follower, Func<Room, bool> concerns)
    {
        var before = follower.Rooms!;
        follower.Rooms = before.ConvertAll(listed => concerns(listed.Room) ? rooms.Now(person, listed) : listed);
        Tell(follower, before);
    }

    void Tell(Follower follower, List<ListedRoom> before)
    {
        var (now, changed) = (follower.Rooms!, new List<OutsideElement>());
        for (var i = 0; i < now.Count; i++)
        {
            if (now[i].Mark.Shown() != before[i].Mark.Shown()) changed.Add(now[i].MarkElement);
            if (now[i].Presence != before[i].Presence) changed.Add(now[i].PresenceElement);
        }
        if (changed.Count == 0) return;

        var list = follower.ListAt(default);
        if (now.Count(r => r.Mark.IsMentioned) != before.Count(r => r.Mark.IsMentioned)) changed.Add(list.MentionsElement);
        changed.Add(list.ShownElement(time.GetUtcNow()));
        foreach (var page in follower.Told) page.Aside.Say(changed);
    }

    // A page that has just come may have been made a while ago, and one that has come back has missed something.
    async Task WelcomeAsync(Follower follower, CancellationToken ct)
    {
        foreach (var page in follower.Pages.Where(p => !follower.Told.Contains(p)))
        {
            var list = follower.ListAt(page.Holder.Room);
            if (page.View.Shows is { } shows) page.Aside.Say(newFaces.Since(RoomList.ShownAt(shows)));
            if (!list.IsShownBy(page.View.Shows)) page.Aside.Say(await ElementsAsync(list, ct));
            page.View.Shows = null;
            follower.Told.Add(page);
        }
    }

    // A direct room's page is headed by the name that stands in the list, and every page says whether the world reads along.
    async Task<List<OutsideElement>> ElementsAsync(RoomList list, CancellationToken ct)
    {
        var html = (await partials.RenderAsync("/Rooms/_RoomList.cshtml", list, ct)).ReplaceLineEndings("");
        List<OutsideElement> elements = [new(RoomList.ElementId, Encoding.UTF8.GetBytes(html)), list.MentionsElement, ThreadMarks.Element(list.Threads), list.ShownElement(time.GetUtcNow())];
        if (list.Rooms.FirstOrDefault(r => r.Room.Id == list.Current)?.Room is not { } here) return elements;

        elements.AddRange([WorldMark.AtName(here), WorldMark.WhereOneWrites(here)]);
        if (here.Kind == RoomKind.Direct) elements.Add(await signs.HeadingAsync(here, ct));
        return elements;
    }
}
