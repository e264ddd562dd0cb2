using System.Threading.Channels;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HtmxChat.Tests.Accounts;

/// <summary>Counts what is slow about signing in, and can be held up.</summary>
sealed class CountingHasher : IPasswordHasher<Person>, IDisposable
{
    readonly NormalizedPasswordHasher hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));
    readonly Channel<int> begun = Channel.CreateUnbounded<int>();
    readonly ManualResetEventSlim goesOn = new(initialState: true);
    int hashed;

    /// <summary>How often a password was hashed, for whatever reason.</summary>
    public int Hashed => Volatile.Read(ref hashed);

    /// <summary>Waits until so many have begun.</summary>
    public async Task HasBegunAsync(int count)
    {
        while (await begun.Reader.ReadAsync(Ct) < count)
        {
        }
    }

    /// <summary>From now on hashing takes until <see cref="GoOn"/>.</summary>
    public void HoldUp() => goesOn.Reset();

    public void GoOn() => goesOn.Set();

    public string HashPassword(Person user, string password)
    {
        begun.Writer.TryWrite(Interlocked.Increment(ref hashed));
        goesOn.Wait(Ct);
        return hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
    {
        begun.Writer.TryWrite(Interlocked.Increment(ref hashed));
        goesOn.Wait(Ct);
        return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }

    public void Dispose() => goesOn.Dispose();
}
