using System.Data.Common;
using System.Globalization;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>
/// Keeps what people have typed and not sent, for their other devices and for whatever happens to their pages. Nobody else is
/// ever shown it. The last one that was saved in a room is the one that is kept there; none takes a text from an open page.
/// </summary>
public sealed class KeptDrafts(SqlReader sql, GroupCommit writes, Limits limits, RoomDirectory rooms, Sidebar sidebar, TimeProvider time)
{
    readonly Paces<PersonId> paces = new(limits.Drafts, time);

    /// <summary>What somebody has typed in a room, or in one of its threads; null when that is nothing.</summary>
    /// <param name="thread">The number of the message that the thread began with; null is the room itself.</param>
    public async Task<KeptDraft?> FindAsync(PersonId person, RoomId room, long? thread, CancellationToken ct) => (await sql.AllAsync(
        "select text, reply_to_seq from drafts where person_id = @person and room_id = @room and thread_seq = @thread",
        row => new KeptDraft(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1)), ct, ("@person", person.Value), ("@room", room.Value), ("@thread", thread ?? 0))).SingleOrDefault();

    /// <summary>Keeps what somebody has typed. Empty, it ends what this page has saved before and no other's.</summary>
    /// <param name="room">One that the person may read.</param>
    /// <param name="form">As it will be sent, with what the page has saved before. Once its key was sent, what comes late is not kept any more.</param>
    /// <returns>False when it was not kept: it is too long, too much at once, or the database is away.</returns>
    public async Task<bool> SaveAsync(PersonId person, RoomId room, PostForm form, CancellationToken ct)
    {
        var clean = KeptDraft.Clean(form.Text ?? "");
        if (clean.Length > KeptDraft.MaxLength || paces.Refuse(person) is not null) return false;

        try
        {
            var (place, draft) = (new DraftSql.Place(person, room, Number(form.Thread)), new KeptDraft(clean, Number(form.Reply)));
            var hasChanged = await writes.WriteAsync(session => PlainLine.SaysSomething(clean) ? Save(session, place, draft, form.Key) : DraftSql.Delete(session, place, KeptDraft.Clean(form.Kept ?? "")), ct);
            if (hasChanged) Mark(person);
            return true;
        }
        catch (DbException)
        {
            // The group commit has logged it. The page has its text, and saves it again with what is typed next.
            return false;
        }
    }

    /// <summary>Ends what was kept of a text that was sent and is no message, such as a command.</summary>
    public async Task SentAsync(PersonId person, RoomId room, PostForm form, CancellationToken ct)
    {
        var (text, kept) = (KeptDraft.Clean(form.Text ?? "").Trim(), KeptDraft.Clean(form.Kept ?? ""));
        if (await writes.WriteAsync(session => DraftSql.DeleteSentNow(session, new DraftSql.Place(person, room, Number(form.Thread)), text, kept), ct)) Mark(person);
    }

    /// <summary>Says that a draft has come or gone in one of somebody's rooms.</summary>
    public void Mark(PersonId person)
    {
        rooms.Forget(person);
        sidebar.HasChanged(person);
    }

    bool Save(SqlSession session, DraftSql.Place place, KeptDraft draft, string? key)
    {
        var isNew = !DraftSql.IsThere(session, place);
        return DraftSql.Save(session, place, draft, key ?? "", time.GetUtcNow()) && isNew;
    }

    static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
