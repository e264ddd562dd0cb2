using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Admin;

/// <summary>An administrator hands over a link by which somebody who has forgotten the password chooses another one.</summary>
public sealed class PasswordLink(PeopleList people, ResetLinks links, LinkNotice notice, GroupCommit writes, AuditTrail audit, TimeProvider time)
{
    public async Task<PersonOutcome> MakeAsync(Viewer by, PersonId person, CancellationToken ct)
    {
        if (await people.FindAsync(person, ct) is not { } found) return new PersonOutcome.NotFound();
        if (Refuse(by, found) is { } refusal) return new PersonOutcome.Refused(refusal);

        var (path, note, now) = (await links.NewAsync(person, by.Id, ct), audit.Adding(new AuditAct(AuditKind.ResetLinkMade, by.Id, person)), time.GetUtcNow());
        await writes.WriteAsync(session =>
        {
            LinkNotice.Store(session, person, now);
            note(session);
            return true;
        }, CancellationToken.None);
        notice.Post(found.Email);
        return new PersonOutcome.LinkMade(path);
    }

    // One's own would change the password without the old one: enough for whoever finds the browser open.
    static Refusal? Refuse(Viewer by, ListedPerson person) =>
        person.Id == by.Id ? new("That is you. Your own password is changed on the pages of your account.") :
        person.Standing != Standing.Active ? new("They may not come in just now. Let them in first.") :
        person.Role == Role.Guest ? new("A guest has no password yet. Make them a member first.") : null;
}
