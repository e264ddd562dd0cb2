using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>The emoji that each person has used last, the newest first: what they most likely want next, on any of their devices.</summary>
public sealed class RecentEmoji(SqlReader reader, GroupCommit writes)
{
    /// <summary>So many are remembered.</summary>
    public const int Most = 24;

    public async Task<IReadOnlyList<string>> OfAsync(PersonId person, CancellationToken ct) =>
        Split((await reader.AllAsync("select recent_emoji from people where id = @id", row => row.GetString(0), ct, ("@id", person.Value))).FirstOrDefault() ?? "");

    /// <summary>Takes it that somebody has used one. Whoever uses the same again writes nothing.</summary>
    /// <param name="emoji">As <see cref="AllEmoji.Find"/> gives it.</param>
    public async Task NoteAsync(PersonId person, string emoji, CancellationToken ct)
    {
        if (await OfAsync(person, ct) is [var newest, ..] && newest == emoji) return;

        // Not in the transaction of the reaction: that would hold a room and a person at once, and others the other way round.
        await writes.WriteAsync(sql =>
        {
            var recent = Split(sql.First("select recent_emoji from people where id = @id", row => row.GetString(0), ("@id", person.Value)) ?? "");
            return sql.Execute(
                "update people set recent_emoji = @emoji where id = @id",
                ("@emoji", string.Join(' ', recent.Where(e => e != emoji).Prepend(emoji).Take(Most))), ("@id", person.Value));
        }, ct);
    }

    static string[] Split(string stored) => stored.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
