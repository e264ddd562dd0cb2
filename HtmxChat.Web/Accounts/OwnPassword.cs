using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Checks the password of somebody who is signed in, and counts it as a try. Apart from those of strangers: what is typed at
/// the door keeps nobody from their own account who is in already.
/// </summary>
public sealed class OwnPassword(ChatDb db, PasswordHashing hashing, TimeProvider time)
{
    /// <summary>So many may be wrong in <see cref="TriesWindow"/>, in all sessions of a person together.</summary>
    public const int MaxTries = 10;

    /// <summary>Counted from the first wrong one.</summary>
    public static readonly TimeSpan TriesWindow = TimeSpan.FromMinutes(5);

    /// <returns>Null when it is right.</returns>
    /// <exception cref="TooBusyException">Too many passwords are being checked already.</exception>
    public async Task<Refusal?> RefuseAsync(Person person, string password, CancellationToken ct)
    {
        var id = new PersonId(person.Id);
        if (!await CountAsync(id)) return new($"There were too many wrong passwords. Please try again in {TriesWindow.TotalMinutes} minutes.");
        if (await hashing.CheckAsync(person, password, ct) == PasswordVerificationResult.Failed) return new("That is not your password.");

        await ForgetAsync(id, ct);
        return null;
    }

    // Before it is known whether it is right, and also when nobody waits for the answer: however many come at once, no more are compared.
    async Task<bool> CountAsync(PersonId person)
    {
        var (now, over) = (time.GetUtcNow().ToUnixTimeMilliseconds(), (time.GetUtcNow() - TriesWindow).ToUnixTimeMilliseconds());
        return await db.Database.ExecuteSqlAsync(
            $"""
            update people set
              proof_tries = case when proof_tries_from_ms <= {over} then 1 else proof_tries + 1 end,
              proof_tries_from_ms = case when proof_tries_from_ms <= {over} then {now} else proof_tries_from_ms end
            where id = {person.Value} and (proof_tries_from_ms <= {over} or proof_tries < {MaxTries})
            """, CancellationToken.None) > 0;
    }

    Task<int> ForgetAsync(PersonId person, CancellationToken ct) =>
        db.Users.Where(p => p.Id == person.Value).ExecuteUpdateAsync(p => p.SetProperty(x => x.ProofTries, 0).SetProperty(x => x.ProofTriesFromMs, 0), ct);
}
