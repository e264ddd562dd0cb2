using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HtmxChat.Web.Accounts;

/// <summary>Counts the passwords that are tried for a person, so that only so many are compared before everybody has to wait.</summary>
/// <remarks>
/// Counted before it is known whether the password is right, in one statement: however many try at once, no more are
/// compared. And while the password is being hashed, so that a name that is known takes no longer than one that is not.
/// </remarks>
public sealed class SignInAttempts(ChatDb db, TimeProvider time, IOptions<IdentityOptions> options)
{
    LockoutOptions Lockout => options.Value.Lockout;

    /// <summary>Counts one; the last of them locks.</summary>
    /// <returns>False when the person is locked out: the password must not be compared.</returns>
    public async Task<bool> CountAsync(PersonId person, CancellationToken ct)
    {
        var (now, end) = (time.GetUtcNow(), time.GetUtcNow() + Lockout.DefaultLockoutTimeSpan);
        var last = Lockout.MaxFailedAccessAttempts - 1;
        return await db.Database.ExecuteSqlAsync(
            $"""
            update people set
              lockout_end = case when access_failed_count >= {last} then {end} else lockout_end end,
              access_failed_count = case when access_failed_count >= {last} then 0 else access_failed_count + 1 end
            where id = {person.Value} and (lockout_end is null or lockout_end <= {now})
            """, ct) > 0;
    }

    /// <summary>Begins anew: the password was right, or there is a new one.</summary>
    public Task ForgetAsync(PersonId person, CancellationToken ct) =>
        db.Users.Where(p => p.Id == person.Value && (p.AccessFailedCount > 0 || p.LockoutEnd != null))
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null), ct);
}
