using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Hashes passwords and checks them, a few at a time and in threads of their own: it is slow on purpose, and people who
/// talk must not wait for people who sign in. Safe for any number of threads.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    readonly IPasswordHasher<Person> hasher;
    readonly SemaphoreSlim places;
    readonly int maxWaiting;
    int waiting;

    /// <param name="atOnce">Each takes a whole processor.</param>
    /// <param name="maxWaiting">Whoever comes after that many is told to come back.</param>
    public PasswordHashing(IPasswordHasher<Person> hasher, int atOnce, int maxWaiting) =>
        (this.hasher, places, this.maxWaiting) = (hasher, new SemaphoreSlim(atOnce), maxWaiting);

    /// <summary>Hashes a new password.</summary>
    /// <exception cref="TooBusyException">Too many are waiting already.</exception>
    public async Task<string> HashAsync(Person person, string password, CancellationToken ct)
    {
        using var place = await TakePlaceAsync(ct);
        return await place.HashAsync(person, password);
    }

    /// <summary>Checks a person's password. Takes as long for somebody who has none.</summary>
    /// <param name="person">Null when there is nobody of that name.</param>
    /// <exception cref="TooBusyException">Too many are waiting already.</exception>
    public async Task<PasswordVerificationResult> CheckAsync(Person? person, string password, CancellationToken ct)
    {
        using var place = await TakePlaceAsync(ct);
        return await place.CheckAsync(person, password);
    }

    /// <summary>Waits for a place. Who has one holds others up until it is disposed.</summary>
    /// <exception cref="TooBusyException">Too many are waiting already.</exception>
    internal async Task<Place> TakePlaceAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) > maxWaiting + places.CurrentCount)
        {
            Interlocked.Decrement(ref waiting);
            throw new TooBusyException();
        }

        try
        {
            await places.WaitAsync(ct);
            return new Place(this);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose() => places.Dispose();

    /// <summary>The right to keep one processor busy.</summary>
    internal sealed class Place(PasswordHashing hashing) : IDisposable
    {
        public Task<string> HashAsync(Person person, string password) => InOwnThread(() => hashing.hasher.HashPassword(person, password));

        public Task<PasswordVerificationResult> CheckAsync(Person? person, string password) => InOwnThread(() => Check(person, password));

        public void Dispose() => hashing.places.Release();

        PasswordVerificationResult Check(Person? person, string password)
        {
            var isInReach = password.Length <= PasswordRule.MaxTypedLength;
            if (isInReach && person?.PasswordHash is { } hash) return hashing.hasher.VerifyHashedPassword(person, hash, password);

            hashing.hasher.HashPassword(person ?? new Person { DisplayName = "" }, isInReach ? password : ""); // as slow as a wrong password
            return PasswordVerificationResult.Failed;
        }

        // A thread costs a thousandth of what it is for.
        static Task<T> InOwnThread<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
