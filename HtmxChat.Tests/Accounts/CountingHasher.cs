using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HtmxChat.Tests.Accounts;

/// <summary>Counts what is slow about signing in, and can be held up.</summary>
sealed class CountingHasher : IPasswordHasher<Person>, IDisposable
{
    readonly NormalizedPasswordHasher hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));
    readonly ManualResetEventSlim goesOn = new(initialState: true);
    int hashed;
    int compared;

    /// <summary>How often a password was hashed, for whatever reason.</summary>
    public int Hashed => Volatile.Read(ref hashed);

    /// <summary>How often one was compared with somebody's.</summary>
    public int Compared => Volatile.Read(ref compared);

    /// <summary>From now on hashing takes until <see cref="GoOn"/>.</summary>
    public void HoldUp() => goesOn.Reset();

    public void GoOn() => goesOn.Set();

    public string HashPassword(Person user, string password)
    {
        Interlocked.Increment(ref hashed);
        goesOn.Wait(Ct);
        return hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref hashed);
        Interlocked.Increment(ref compared);
        goesOn.Wait(Ct);
        return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }

    public void Dispose() => goesOn.Dispose();
}
