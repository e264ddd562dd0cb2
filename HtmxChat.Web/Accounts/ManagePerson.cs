using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>What administrators do to people: their role, whether they may come in, their sessions, what they wrote.</summary>
/// <remarks>Everything is decided inside the transaction, so that two who do it to each other at once cannot both succeed.</remarks>
public sealed class ManagePerson(GroupCommit writes, SessionTickets tickets, PeopleChanges changes, AuditTrail audit, TimeProvider time)
{
    static readonly Refusal NotYourself = new("That is you. Another administrator can do it.");
    static readonly Refusal NotNow = new("That has changed meanwhile. Look at the page again.");
    static readonly Refusal NotYourOwn = new("That is you. Your own two-step sign-in is switched off on the pages of your account.");
    static readonly Refusal NeedsPassword = new("A guest has no password yet. Make them a member first.");

    delegate Refusal? Change(SqlSession sql, Person person);

    // A person's standing on the site, as the transaction finds it.
    sealed record Person(PersonId Id, Role Role, Standing Standing, bool IsLastAdministrator);

    // What a transaction has done, and the sessions that it has ended.
    sealed record Result(PersonOutcome Outcome, IReadOnlyList<long> Ended);

    public Task<PersonOutcome> MakeAdministratorAsync(Viewer by, PersonId person, CancellationToken ct) => RunAsync(by, person, AuditKind.MadeAdministrator, Sessions.Stay, (sql, who) =>
        who is not { Role: Role.Member, Standing: Standing.Active } ? who.Role == Role.Guest ? NeedsPassword : NotNow : SetRole(sql, who, Role.Administrator), ct);

    /// <summary>Takes an administrator's rights away, and the links back that they have handed out. They sign in anew, so that no open page keeps what it could do.</summary>
    public Task<PersonOutcome> MakeMemberAsync(Viewer by, PersonId person, CancellationToken ct) => RunAsync(by, person, AuditKind.MadeMember, Sessions.End, (sql, who) =>
        who is not { Role: Role.Administrator, Standing: Standing.Active } ? NotNow :
        who.IsLastAdministrator ? LastAdministrator.Refusal : Demote(sql, who), ct);

    /// <summary>Makes a member of a guest.</summary>
    public Task<PersonOutcome> AcceptGuestAsync(Viewer by, PersonId person, CancellationToken ct) => RunAsync(by, person, AuditKind.MadeMember, Sessions.Stay, (sql, who) =>
        who is not { Role: Role.Guest, Standing: Standing.Active } ? NotNow : SetRole(sql, who, Role.Member), ct);

    /// <summary>Keeps somebody out until they are let in again.</summary>
    public Task<PersonOutcome> DeactivateAsync(Viewer by, PersonId person, CancellationToken ct) => RunAsync(by, person, AuditKind.Deactivated, Sessions.End, (sql, who) =>
        RefuseToLetGo(by, who, from: [Standing.Active]) ?? LetGo(sql, who, Standing.Deactivated), ct);

    /// <summary>Lets somebody in again. Who was an administrator comes back as a member.</summary>
    public Task<PersonOutcome> ActivateAsync(Viewer by, PersonId person, CancellationToken ct)
    {
        var asMember = audit.Adding(new AuditAct(AuditKind.MadeMember, by.Id, person));
        return RunAsync(by, person, AuditKind.Activated, Sessions.Stay, (sql, who) =>
            who.Standing != Standing.Deactivated ? NotNow : SetStanding(sql, who, Standing.Active) ?? ComeBack(sql, who, asMember), ct);
    }

    /// <summary>Throws somebody out.</summary>
    public Task<PersonOutcome> BanAsync(Viewer by, PersonId person, Writings writings, CancellationToken ct) => RunAsync(by, person, AuditKind.Banned, Sessions.End, (sql, who) =>
        RefuseToLetGo(by, who, from: [Standing.Active, Standing.Deactivated]) ?? Ban(sql, who) ?? (writings == Writings.Go ? LoseWritings(sql, who) : null), ct);

    /// <summary>Lets somebody in again, as a member; who was deactivated before is so again. What they write from now on stays, also while the rest is being removed.</summary>
    public Task<PersonOutcome> UnbanAsync(Viewer by, PersonId person, CancellationToken ct)
    {
        var asMember = audit.Adding(new AuditAct(AuditKind.MadeMember, by.Id, person));
        return RunAsync(by, person, AuditKind.Unbanned, Sessions.Stay, (sql, who) =>
            who.Standing != Standing.Banned ? NotNow : Unban(sql, who) ?? ComeBack(sql, who, asMember), ct);
    }

    /// <summary>Removes everything that somebody who was thrown out has written.</summary>
    public Task<PersonOutcome> RemoveWritingsAsync(Viewer by, PersonId person, CancellationToken ct) => RunAsync(by, person, AuditKind.WritingsRemoved, Sessions.Stay, (sql, who) =>
        who.Standing != Standing.Banned ? NotNow : LoseWritings(sql, who), ct);

    /// <summary>Signs somebody out everywhere. No browser is remembered for its second step any more, and no link leads in.</summary>
    public Task<PersonOutcome> EndSessionsAsync(Viewer by, PersonId person, CancellationToken ct) => RunAsync(by, person, AuditKind.SessionsEnded, Sessions.End, TakeBackWays, ct);

    /// <summary>Lets somebody in with the password alone who has lost the phone and the recovery codes. They sign in anew.</summary>
    public Task<PersonOutcome> SwitchOffTwoStepAsync(Viewer by, PersonId person, CancellationToken ct) => RunAsync(by, person, AuditKind.TwoStepTakenAway, Sessions.End, (sql, who) =>
        who.Id == by.Id ? NotYourOwn :
        who.Standing is not (Standing.Active or Standing.Deactivated) || !TwoStep.SwitchOff(sql, who.Id) ? NotNow : null, ct);

    enum Sessions
    {
        Stay,
        End,
    }

    async Task<PersonOutcome> RunAsync(Viewer by, PersonId person, AuditKind kind, Sessions sessions, Change change, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(kind, by.Id, person));
        var (outcome, ended) = await writes.WriteAsync(sql => Run(sql, by, person, note, sessions, change), ct);

        if (outcome is not PersonOutcome.Done) return outcome;

        // It has been committed, so nobody's cancellation may stop it.
        tickets.Announce(ended);
        changes.Announce(person);
        return outcome;
    }

    static Result Run(SqlSession sql, Viewer by, PersonId person, Action<SqlSession> note, Sessions sessions, Change change)
    {
        // Asked first: from here on nobody else's role or standing changes.
        var isLast = LastAdministrator.Is(sql, person);
        if (!IsAdministrator(sql, by.Id) || Find(sql, person, isLast) is not { } found) return new Result(new PersonOutcome.NotFound(), []);
        if (change(sql, found) is { } refusal) return new Result(new PersonOutcome.Refused(refusal), []);

        note(sql);
        PeopleChanges.Count(sql, person);
        return new Result(new PersonOutcome.Done(), sessions == Sessions.End ? SessionTickets.DeleteAll(sql, person) : []);
    }

    static bool IsAdministrator(SqlSession sql, PersonId person) => sql.First(
        $"select 1 from people where id = @person and role = {Role.Administrator:D} and standing = {Standing.Active:D}", _ => true, ("@person", person.Value));

    static Person? Find(SqlSession sql, PersonId person, bool isLast) => sql.First(
        "select role, standing from people where id = @person",
        row => new Person(person, (Role)row.GetInt32(0), (Standing)row.GetInt32(1), isLast), ("@person", person.Value));

    static Refusal? RefuseToLetGo(Viewer by, Person who, params ReadOnlySpan<Standing> from) =>
        !from.Contains(who.Standing) ? NotNow :
        who.IsLastAdministrator ? LastAdministrator.Refusal :
        who.Id == by.Id ? NotYourself : null;

    Refusal? Demote(SqlSession sql, Person who)
    {
        OutstandingLinks.TakeBackHandedOut(sql, who.Id, time.GetUtcNow());
        return SetRole(sql, who, Role.Member);
    }

    Refusal? LetGo(SqlSession sql, Person who, Standing standing)
    {
        OutstandingLinks.TakeBackAll(sql, who.Id, time.GetUtcNow());
        return SetStanding(sql, who, standing);
    }

    // Whoever signs in at this moment finds another stamp.
    static Refusal? TakeBackWays(SqlSession sql, Person who)
    {
        sql.Execute("delete from account_links where person_id = @person", ("@person", who.Id.Value));
        sql.Execute("update people set security_stamp = @stamp where id = @person", ("@stamp", Guid.NewGuid().ToString("N")), ("@person", who.Id.Value));
        return null;
    }

    Refusal? Ban(SqlSession sql, Person who)
    {
        sql.Execute("update people set was_deactivated = @was where id = @person", ("@was", who.Standing == Standing.Deactivated), ("@person", who.Id.Value));
        return LetGo(sql, who, Standing.Banned);
    }

    Refusal? Unban(SqlSession sql, Person who)
    {
        sql.Execute(
            $"""
            update people set standing = case when was_deactivated then {Standing.Deactivated:D} else {Standing.Active:D} end, loses_messages_until_ms = @now where id = @person
            """,
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("@person", who.Id.Value));
        return null;
    }

    // To look after the site again is for those who do so now to decide.
    Refusal? ComeBack(SqlSession sql, Person who, Action<SqlSession> note)
    {
        if (who.Role != Role.Administrator) return null;

        note(sql);
        return Demote(sql, who);
    }

    static Refusal? SetRole(SqlSession sql, Person who, Role role)
    {
        sql.Execute("update people set role = @role where id = @person", ("@role", (int)role), ("@person", who.Id.Value));
        return null;
    }

    static Refusal? SetStanding(SqlSession sql, Person who, Standing standing)
    {
        sql.Execute("update people set standing = @standing where id = @person", ("@standing", (int)standing), ("@person", who.Id.Value));
        return null;
    }

    static Refusal? LoseWritings(SqlSession sql, Person who)
    {
        LostWritings.Note(sql, who.Id);
        return null;
    }
}
