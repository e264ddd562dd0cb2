using System.Collections.Concurrent;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Reminders;

/// <summary>
/// Reminds people when the time has come, on all of their open pages, and keeps what these show of it as it is now. What was told
/// on another node is asked of the database.
/// </summary>
public sealed class DueWatch(ReminderStore reminders, DueList due, LiveConnections live, Database database, PartialRenderer partials, TimeProvider time, ILogger<DueWatch> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The time between two questions of what other nodes have done.</summary>
    static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(2);

    /// <summary>A page that comes back within this time is told that there is nothing any more.</summary>
    static readonly TimeSpan KeepTime = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<PersonId, bool> changed = new();
    readonly Dictionary<PersonId, (string Stamp, long At)> known = [];
    HashSet<LiveConnection> told = [];
    long changesSeen = -1;
    long? askedAt;

    protected override string Failure => "Reminders could not be told";

    /// <summary>Says that somebody is to be told something else than before.</summary>
    public void HasChanged(PersonId person) => changed[person] = true;

    /// <summary>Tells what is due now.</summary>
    public override async Task LookAsync(CancellationToken ct)
    {
        foreach (var person in await reminders.TakeDueAsync(ct)) HasChanged(person);

        var pages = FindPages(out var isNew);
        await AskAsync(pages, isNew, ct);
        foreach (var person in changed.Keys)
        {
            var theirs = pages.GetValueOrDefault(person) ?? [];
            var elements = theirs.Count == 0 ? [] : await ElementsAsync(person, ct);
            changed.TryRemove(person, out _);
            foreach (var page in theirs) page.Aside.Say(elements);
        }
        told = isNew ? [.. pages.Values.SelectMany(p => p)] : told;
    }

    /// <summary>What a page shows of it.</summary>
    async Task<IReadOnlyList<OutsideElement>> ElementsAsync(PersonId person, CancellationToken ct)
    {
        var now = await due.OfAsync(person, ct);
        var html = (await partials.RenderAsync("/Messages/Reminders/_Due.cshtml", now, ct)).ReplaceLineEndings("");

        // Morphed, so that whoever is about to press something there still can.
        return [new OutsideElement(Due.ElementId, Encoding.UTF8.GetBytes(html)) { Swap = "innerMorph" }, now.MarkElement];
    }

    Dictionary<PersonId, List<LiveConnection>> FindPages(out bool haveChanged)
    {
        var changes = live.Changes;
        (haveChanged, changesSeen) = (changes != changesSeen, changes);
        return live.Open().GroupBy(p => p.Holder.Person).ToDictionary(p => p.Key, p => p.ToList());
    }

    // Of those who have come, and where there are other nodes now and then of everybody.
    async Task AskAsync(Dictionary<PersonId, List<LiveConnection>> pages, bool haveCome, CancellationToken ct)
    {
        var isTime = database.IsShared && !(askedAt is { } at && Time.GetElapsedTime(at) < BetweenQuestions);
        if (isTime) askedAt = Time.GetTimestamp();
        var come = haveCome ? pages.Where(p => p.Value.Exists(page => !told.Contains(page))).Select(p => p.Key).ToHashSet() : [];
        var asked = isTime ? [.. pages.Keys] : come;
        if (asked.Count == 0) return;

        var stamps = await due.StampsAsync(asked, ct);
        foreach (var person in asked)
        {
            var (stamp, before) = (stamps.GetValueOrDefault(person, ""), known.GetValueOrDefault(person));
            var isNews = stamp != (before.Stamp ?? "");
            if (isNews || (come.Contains(person) && before.Stamp is not null)) HasChanged(person);
            if (isNews) known[person] = (stamp, Time.GetTimestamp());
        }
        foreach (var (person, _) in known.Where(k => k.Value.Stamp.Length == 0 && Time.GetElapsedTime(k.Value.At) > KeepTime).ToList()) known.Remove(person);
    }
}
