using System.Globalization;
using System.Security.Claims;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Makes sure that it is the person, and not somebody at the person's unlocked computer, who changes how one signs in or deletes the account.</summary>
public sealed class Proof(SignInManager<Person> signIn, TwoStep twoStep, OwnPassword own, SqlReader sql, TimeProvider time)
{
    /// <summary>So long ago somebody may have signed in who has nothing that could be typed, but a passkey or an account at another site.</summary>
    public static readonly TimeSpan RecentSignIn = TimeSpan.FromMinutes(10);

    /// <summary>Stands in the session of a browser that was signed in by another one, which proves nothing.</summary>
    internal const string ByPhoneLink = "phone link";

    /// <summary>What to ask for; null when there is nothing that the person could type.</summary>
    public async Task<string?> AskAsync(Person person, CancellationToken ct)
    {
        var isOn = (await twoStep.FindAsync(new PersonId(person.Id), ct)).IsOn;
        return (person.PasswordHash is not null, isOn) switch
        {
            (true, true) => "Your password, or a code from your app",
            (true, false) => "Your password",
            (false, true) => "A code from your app, or a recovery code",
            _ => null,
        };
    }

    /// <summary>Checks what was typed, and counts it as a try.</summary>
    /// <returns>Null when it is proved, or there is nothing at all to prove it with, as with a guest.</returns>
    public async Task<Refusal?> RefuseAsync(Person person, string? typed, CancellationToken ct)
    {
        if (await AskAsync(person, ct) is null) return await RefuseOldSessionAsync(ct);
        if (person.PasswordHash is null) return await RefuseCodeAsync(person, typed, ct);
        if (!IsCode(typed) || !(await twoStep.FindAsync(new PersonId(person.Id), ct)).IsOn) return await own.RefuseAsync(person, typed ?? "", ct);

        // Digits with many blanks between them may be a password too.
        if (typed!.Length < PasswordRule.MinLength) return await RefuseCodeAsync(person, typed, ct);
        return await own.RefuseAsync(person, typed, ct) is null ? null : await RefuseCodeAsync(person, typed, ct);
    }

    /// <summary>The same before something that cannot be undone: whoever has nothing to type it with types the handle.</summary>
    public async Task<Refusal?> RefuseForGoodAsync(Person person, string? typed, CancellationToken ct)
    {
        if (await AskAsync(person, ct) is null && PlainLine.Key(PlainLine.Clean(typed).TrimStart('@')) != person.NormalizedUserName) return new("That is not your handle. Nothing was done.");
        return await RefuseAsync(person, typed, ct);
    }

    async Task<Refusal?> RefuseOldSessionAsync(CancellationToken ct)
    {
        var me = signIn.Context.User;
        var began = await sql.AllAsync(
            """
            select s.created_at_ms from sessions s where s.id = @session and (
              exists (select 1 from passkeys p where p.person_id = s.person_id) or exists (select 1 from asp_net_user_logins l where l.user_id = s.person_id))
            """,
            row => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), ct, ("@session", long.Parse(me.Session(), CultureInfo.InvariantCulture)));
        if (began is not [var at] || (time.GetUtcNow() - at <= RecentSignIn && !me.HasClaim(ClaimTypes.AuthenticationMethod, ByPhoneLink))) return null;

        return new($"To be sure that it is you: sign out, sign in again, and do this within {RecentSignIn.TotalMinutes} minutes.");
    }

    static bool IsCode(string? typed) => typed is not null && typed.Count(char.IsAsciiDigit) == AuthenticatorCode.Length && typed.All(c => char.IsAsciiDigit(c) || c == ' ');

    async Task<Refusal?> RefuseCodeAsync(Person person, string? typed, CancellationToken ct)
    {
        var outcome = await twoStep.TryAsync(new PersonId(person.Id), typed, ct);
        return outcome == CodeOutcome.Accepted ? null : outcome.Refusal();
    }
}
