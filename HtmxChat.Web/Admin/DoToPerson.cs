using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Admin;

/// <summary>Does to a person what an administrator has chosen on the person's page.</summary>
public sealed class DoToPerson(ManagePerson manage, RemoveWritings removal, PasswordLink links)
{
    /// <param name="writings">What becomes of what somebody wrote who is banned.</param>
    public async Task<PersonOutcome> RunAsync(Viewer by, PersonId person, PersonDeed deed, Writings writings, CancellationToken ct)
    {
        var outcome = await DoAsync(by, person, deed, writings, ct);
        if (outcome is PersonOutcome.Done && (deed == PersonDeed.RemoveWritings || (deed == PersonDeed.Ban && writings == Writings.Go))) removal.Begin(person);
        return outcome;
    }

    Task<PersonOutcome> DoAsync(Viewer by, PersonId person, PersonDeed deed, Writings writings, CancellationToken ct) => deed switch
    {
        PersonDeed.MakeAdministrator => manage.MakeAdministratorAsync(by, person, ct),
        PersonDeed.MakeMember => manage.MakeMemberAsync(by, person, ct),
        PersonDeed.AcceptGuest => manage.AcceptGuestAsync(by, person, ct),
        PersonDeed.Deactivate => manage.DeactivateAsync(by, person, ct),
        PersonDeed.Activate => manage.ActivateAsync(by, person, ct),
        PersonDeed.Ban => manage.BanAsync(by, person, writings, ct),
        PersonDeed.Unban => manage.UnbanAsync(by, person, ct),
        PersonDeed.RemoveWritings => manage.RemoveWritingsAsync(by, person, ct),
        PersonDeed.EndSessions => manage.EndSessionsAsync(by, person, ct),
        PersonDeed.MakeResetLink => links.MakeAsync(by, person, ct),
        PersonDeed.SwitchOffTwoStep => manage.SwitchOffTwoStepAsync(by, person, ct),
        _ => throw new InvalidOperationException($"Unknown deed {deed}."),
    };
}
