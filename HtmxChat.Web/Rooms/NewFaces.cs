using System.Text;
using System.Text.Encodings.Web;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// The names and pictures that people were given lately, for pages that show them as they were before. What stands in a
/// page's messages is put right where it stands, all of it at once, so that it costs the same however much somebody has written.
/// For one thread at a time.
/// </summary>
public sealed class NewFaces(PeopleChanges changes, SqlReader sql, PartialRenderer partials, TimeProvider time)
{
    /// <summary>A page that was away for longer shows them when it is loaded anew.</summary>
    public static readonly TimeSpan KeepTime = TimeSpan.FromHours(1);

    const int MaxKept = 200;

    // By as much the clocks of two nodes may differ, or a list of messages be older than the page that shows it.
    static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);

    readonly Dictionary<PersonId, (DateTimeOffset At, IReadOnlyList<OutsideElement> Elements)> kept = [];

    /// <summary>What has changed since this was last asked.</summary>
    public async Task<IReadOnlyList<OutsideElement>> TakeChangesAsync(CancellationToken ct)
    {
        var people = changes.TakeChanges();
        try
        {
            return people.Count == 0 ? [] : await FindAsync(people, ct);
        }
        catch
        {
            foreach (var person in people) changes.Note(person);
            throw;
        }
    }

    /// <summary>What has changed since a page was made, or was last told.</summary>
    public IEnumerable<OutsideElement> Since(DateTimeOffset at) => kept.Values.Where(k => k.At > at - Doubt).SelectMany(k => k.Elements);

    async Task<IReadOnlyList<OutsideElement>> FindAsync(IReadOnlySet<PersonId> people, CancellationToken ct)
    {
        // They are numbers of ours, so they can stand in the text.
        var faces = await sql.AllAsync(
            $"select id, display_name, picture from people where id in ({string.Join(',', people)})",
            row => new Face(new PersonId(row.GetInt64(0)), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)), ct);
        var now = time.GetUtcNow();
        foreach (var face in faces) kept[face.Id] = (now, await ElementsAsync(face, ct));
        foreach (var (person, _) in kept.Where(k => now - k.Value.At > KeepTime).Concat(kept.OrderByDescending(k => k.Value.At).Skip(MaxKept)).ToList()) kept.Remove(person);
        return [.. faces.Where(f => kept.ContainsKey(f.Id)).SelectMany(f => kept[f.Id].Elements)];
    }

    // A message that goes on has no link. On the person's own pages they stand beside the list of rooms as well.
    async Task<IReadOnlyList<OutsideElement>> ElementsAsync(Face face, CancellationToken ct)
    {
        var name = Encoding.UTF8.GetBytes(HtmlEncoder.Default.Encode(face.Name));
        var picture = Encoding.UTF8.GetBytes((await partials.RenderAsync("/Accounts/_Face.cshtml", face, ct)).ReplaceLineEndings("").Trim());
        var (written, own) = ($"[data-author='{face.Id}']>.by", $"[data-viewer='{face.Id}']~nav .me");
        return
        [
            new($"name-{face.Id}", name) { Target = $"{written}>b>a,.goes-on{written}>b,{own} span[dir],.members [href='/people/{face.Id}']", Swap = "innerHTML" },
            new($"face-{face.Id}", picture) { Target = $"{written}>.face,{own} .face" },
        ];
    }
}
