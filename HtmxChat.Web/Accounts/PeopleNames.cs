using System.Collections.Concurrent;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>What people are called, by their numbers. Remembered until somebody is called otherwise. Safe for any number of threads.</summary>
public sealed class PeopleNames(SqlReader sql)
{
    const int MostKnown = 20_000;

    volatile ConcurrentDictionary<PersonId, string> known = [];

    /// <summary>The names of some people, in their order. Of somebody whom there is not there is none.</summary>
    public async ValueTask<IReadOnlyList<string>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        var names = Known();
        await FindAsync(names, people, ct);
        return [.. people.Where(names.ContainsKey).Select(p => names[p])];
    }

    /// <summary>Looks the names of many people up at once, so that they are known when they are asked for.</summary>
    public async ValueTask PrepareAsync(IReadOnlyCollection<PersonId> people, CancellationToken ct) => await FindAsync(Known(), people, ct);

    /// <summary>Forgets all of them: somebody is called otherwise, here or on another node.</summary>
    /// <remarks>Who reads while a name changes may get the old one, into a memory that nobody asks any more once the change was heard of.</remarks>
    public void Forget() => known = [];

    ConcurrentDictionary<PersonId, string> Known()
    {
        if (known.Count > MostKnown) Forget();
        return known;
    }

    async ValueTask FindAsync(ConcurrentDictionary<PersonId, string> names, IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        foreach (var some in people.Where(p => !names.ContainsKey(p)).Distinct().Chunk(500))
        {
            // They are numbers of ours, so they can stand in the text.
            var found = await sql.AllAsync($"select id, display_name from people where id in ({string.Join(',', some)})", row => (Id: new PersonId(row.GetInt64(0)), Name: row.GetString(1)), ct);
            foreach (var (id, name) in found) names[id] = name;
        }
    }
}
