using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>Deletes a person's account, for good.</summary>
public sealed class DeleteAccount(GroupCommit writes, ClosedAccount account, SessionTickets tickets, PeopleChanges changes, RoomWatch rooms, RemoveWritings removal, RemoveRooms emptied, AuditTrail audit)
{
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Refusal?> RunAsync(PersonId person, Writings writings, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.AccountDeleted, person));
        if (await writes.WriteAsync(sql => Store(sql, person, writings, note), ct) is not { } sessions) return LastAdministrator.Refusal;

        tickets.Announce(sessions);
        changes.Announce(person);
        await rooms.ChangedAsync();
        emptied.Begin();
        if (writings == Writings.Go) removal.Begin(person);
        return null;
    }

    IReadOnlyList<long>? Store(SqlSession sql, PersonId person, Writings writings, Action<SqlSession> note)
    {
        if (LastAdministrator.Is(sql, person)) return null;

        Leaving.Store(sql, person);
        sql.Execute("delete from thread_followers where person_id = @person", ("@person", person.Value));
        var sessions = account.Store(sql, person);
        if (writings == Writings.Go) LostWritings.Note(sql, person);
        note(sql);
        AuditTrail.ForgetAddresses(sql, person);
        return sessions;
    }
}
