using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// The second step of signing in: switching it on and off, and finding out whether a code is right. However many codes
/// come at once, each is accepted once and no more are compared than may be tried.
/// </summary>
public sealed class TwoStep(SqlReader sql, GroupCommit writes, AuditTrail audit, TimeProvider time)
{
    /// <summary>So many codes may be wrong in <see cref="TriesWindow"/>: of 700 who guess for a whole day, one succeeds.</summary>
    public const int MaxTries = 5;

    /// <summary>How long it may take from showing the secret until the app has it: whoever finds it later, finds nothing.</summary>
    public static readonly TimeSpan BegunGoodFor = TimeSpan.FromMinutes(10);

    /// <summary>Counted from the first wrong one.</summary>
    public static readonly TimeSpan TriesWindow = TimeSpan.FromMinutes(15);

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    // What was begun before is forgotten.
    long BegunSinceMs => NowMs - (long)BegunGoodFor.TotalMilliseconds;

    /// <summary>How it stands.</summary>
    public async Task<TwoStepState> FindAsync(PersonId person, CancellationToken ct)
    {
        var found = await sql.AllAsync(
            "select secret, on_since_ms, (select count(*) from recovery_codes where person_id = @person) from two_steps where person_id = @person and (on_since_ms is not null or begun_at_ms > @since)",
            row => row.IsDBNull(1) ? new TwoStepState(row.GetString(0), null, 0) : new TwoStepState(null, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetInt32(2)),
            ct, ("@person", person.Value), ("@since", BegunSinceMs));
        return found is [var state] ? state : TwoStepState.Off;
    }

    /// <summary>Begins with a new secret. One that is on already stays as it is.</summary>
    public Task BeginAsync(PersonId person, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        """
        insert into two_steps (person_id, secret, begun_at_ms, last_step, tries, tries_from_ms) values (@person, @secret, @now, 0, 0, 0)
        on conflict (person_id) do update set secret = excluded.secret, begun_at_ms = excluded.begun_at_ms where two_steps.on_since_ms is null
        """,
        ("@person", person.Value), ("@secret", AuthenticatorCode.NewSecret()), ("@now", NowMs)), ct);

    /// <summary>Switches it on, once the app has shown that it has the secret.</summary>
    /// <returns>What came of the code, and the recovery codes when it was accepted; they cannot be shown again.</returns>
    public Task<(CodeOutcome Outcome, List<RecoveryCode> Codes)> SwitchOnAsync(PersonId person, string code, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.TwoStepOn, person));
        return writes.WriteAsync(session =>
        {
            var outcome = Try(session, person, code, Stage.Begun);
            if (outcome != CodeOutcome.Accepted) return (outcome, []);

            session.Execute("update two_steps set on_since_ms = @now where person_id = @person", ("@now", NowMs), ("@person", person.Value));
            ChangeStamp(session, person);
            note(session);
            return (outcome, NewCodes(session, person));
        }, ct);
    }

    /// <summary>Tries a code of the app, or a recovery code; an accepted one is used up.</summary>
    public Task<CodeOutcome> TryAsync(PersonId person, string? code, CancellationToken ct) => writes.WriteAsync(session => Try(session, person, code ?? "", Stage.On), ct);

    /// <summary>Gives new recovery codes; the old ones are good no more.</summary>
    /// <returns>None when it is off.</returns>
    public Task<List<RecoveryCode>> RenewCodesAsync(PersonId person, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.RecoveryCodesMade, person));
        return writes.WriteAsync(session =>
        {
            if (session.Execute("update two_steps set tries = tries where person_id = @person and on_since_ms is not null", ("@person", person.Value)) == 0) return [];

            note(session);
            return NewCodes(session, person);
        }, ct);
    }

    /// <summary>The person switches it off: the password is enough again.</summary>
    public Task SwitchOffAsync(PersonId person, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.TwoStepOff, person));
        return writes.WriteAsync(session =>
        {
            var wasOn = SwitchOff(session, person);
            if (wasOn) note(session);
            return wasOn;
        }, ct);
    }

    /// <summary>Switches it off inside the caller's transaction.</summary>
    /// <returns>Whether it was on.</returns>
    internal static bool SwitchOff(SqlSession session, PersonId person)
    {
        var wasOn = session.First("select true from two_steps where person_id = @person and on_since_ms is not null", _ => true, ("@person", person.Value));
        session.Execute("delete from two_steps where person_id = @person", ("@person", person.Value));
        session.Execute("delete from recovery_codes where person_id = @person", ("@person", person.Value));
        return wasOn;
    }

    enum Stage
    {
        Begun,
        On,
    }

    // The try is counted first. That also makes whoever comes at the same moment wait for the commit, on other nodes too.
    CodeOutcome Try(SqlSession session, PersonId person, string code, Stage stage)
    {
        var (now, over) = (NowMs, NowMs - (long)TriesWindow.TotalMilliseconds);
        var found = session.First(
            $"""
            update two_steps set
              tries = case when tries_from_ms <= @over then 1 when tries > {MaxTries} then tries else tries + 1 end,
              tries_from_ms = case when tries_from_ms <= @over then @now else tries_from_ms end
            where person_id = @person and {(stage == Stage.On ? "on_since_ms is not null" : "on_since_ms is null and begun_at_ms > @since")}
            returning secret, last_step, tries
            """,
            row => new { Secret = row.GetString(0), LastStep = row.GetInt64(1), Tries = row.GetInt32(2) },
            ("@over", over), ("@now", now), ("@since", BegunSinceMs), ("@person", person.Value));
        if (found is null) return stage == Stage.On ? CodeOutcome.Wrong : CodeOutcome.TooLate;
        if (found.Tries > MaxTries) return CodeOutcome.TooMany;

        var digits = new string([.. code.Where(c => !char.IsWhiteSpace(c))]);
        var step = AuthenticatorCode.StepOf(found.Secret, digits, time.GetUtcNow()) is { } good && good > found.LastStep ? good : (long?)null;
        if (step is null && !(stage == Stage.On && Use(session, person, code))) return CodeOutcome.Wrong;

        session.Execute("update two_steps set last_step = @step, tries = 0, tries_from_ms = 0 where person_id = @person", ("@step", step ?? found.LastStep), ("@person", person.Value));
        return CodeOutcome.Accepted;
    }

    static bool Use(SqlSession session, PersonId person, string code) =>
        RecoveryCode.Parse(code) is { } recovery
        && session.Execute("delete from recovery_codes where person_id = @person and hash = @hash", ("@person", person.Value), ("@hash", recovery.HashFor(person))) > 0;

    static List<RecoveryCode> NewCodes(SqlSession session, PersonId person)
    {
        session.Execute("delete from recovery_codes where person_id = @person", ("@person", person.Value));
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New()).ToList();
        foreach (var code in codes)
            session.Execute("insert into recovery_codes (person_id, hash) values (@person, @hash)", ("@person", person.Value), ("@hash", code.HashFor(person)));
        return codes;
    }

    // Browsers that need no code were remembered with the old one.
    static void ChangeStamp(SqlSession session, PersonId person) => session.Execute(
        "update people set security_stamp = @stamp, concurrency_stamp = @stamp where id = @person", ("@stamp", Guid.NewGuid().ToString("N")), ("@person", person.Value));
}
