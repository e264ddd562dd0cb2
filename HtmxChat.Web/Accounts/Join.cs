using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>Makes a new person, with the handle that the name suggests.</summary>
public sealed class Join(ChatDb db, UserManager<Person> people, PasswordRule passwords, PasswordHashing hashing, Invites invites, SiteDirectory sites, AuditTrail audit, TimeProvider time)
{
    /// <summary>So many may be called alike at another site.</summary>
    const int MaxAlike = 50;

    /// <summary>Somebody joins by an invite, which is used up with it or not at all.</summary>
    /// <returns>The person, or why not.</returns>
    public async Task<JoinOutcome> RunAsync(PersonName name, string password, Invite invite, CancellationToken ct)
    {
        var person = await NewPersonAsync(name, Role.Member, ct);
        if (await passwords.RefuseAsync(password, person, ct) is { } refusal) return new JoinOutcome.PasswordRefused(refusal);

        // Outside of the transaction: it takes a while on purpose, and nobody else could write meanwhile.
        person.PasswordHash = await hashing.HashAsync(person, password, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await invites.TryUseAsync(invite.Id, ct)) return new JoinOutcome.InviteUsedUp();

        var outcome = await CreateAsync(person, name);
        if (outcome is not JoinOutcome.Joined) return outcome;

        await transaction.CommitAsync(ct);
        await audit.AddAsync(new AuditAct(AuditKind.Joined, new PersonId(person.Id), About: invite.Note), CancellationToken.None);
        return outcome;
    }

    /// <summary>Somebody joins by name alone, as a guest. Whether that may be is asked here.</summary>
    /// <returns>The person, or why not.</returns>
    public async Task<JoinOutcome> AsGuestAsync(PersonName name, CancellationToken ct)
    {
        if (await sites.FindAsync(ct) is not { Joining: Joining.Open }) return new JoinOutcome.InviteUsedUp();

        var person = await NewPersonAsync(name, Role.Guest, ct);
        var outcome = await CreateAsync(person, name);
        if (outcome is JoinOutcome.Joined) await audit.AddAsync(new AuditAct(AuditKind.Joined, new PersonId(person.Id), About: "as a guest"), CancellationToken.None);
        return outcome;
    }

    /// <summary>Somebody joins who is known to another site, and signs in there; the handle is like the one over there.</summary>
    /// <param name="invite">Null for somebody who comes without one, to a site that is open to everybody.</param>
    /// <param name="add">Adds what belongs to the person, to be stored with them.</param>
    public async Task<JoinOutcome> RunAsync(PersonName name, OtherAccount account, Invite? invite, Action<Person> add, CancellationToken ct)
    {
        for (var number = 1; number <= MaxAlike; number++)
        {
            var person = NewPerson(name, account.Handle.Numbered(number), Role.Member);
            (person.Email, person.EmailConfirmed) = (account.Address?.Text, account.Address is not null);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (!await MayJoinAsync(invite, ct)) return new JoinOutcome.InviteUsedUp();
            if (await CreateAsync(person, name) is JoinOutcome.Joined joined)
            {
                add(person);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                await audit.AddAsync(new AuditAct(AuditKind.Joined, new PersonId(person.Id), About: invite?.Note ?? "without an invite"), CancellationToken.None);
                return joined;
            }
            db.ChangeTracker.Clear();
        }
        return NameTaken(name);
    }

    /// <summary>Somebody joins inside the caller's transaction; the caller has found that they may.</summary>
    /// <returns>The person, or why not, and then the transaction must not be committed: the name is taken, or the password is not good enough.</returns>
    public async Task<JoinOutcome> RunAsync(PersonName name, string password, Role role, string siteName, CancellationToken ct)
    {
        var person = await NewPersonAsync(name, role, ct);
        if (PasswordRule.Refuse(password, [person.DisplayName, person.UserName, siteName]) is { } refusal) return new JoinOutcome.PasswordRefused(refusal);

        person.PasswordHash = await hashing.HashAsync(person, password, ct);
        return await CreateAsync(person, name);
    }

    async Task<bool> MayJoinAsync(Invite? invite, CancellationToken ct) =>
        invite is null ? await sites.FindAsync(ct) is { Joining: Joining.Open } : await invites.TryUseAsync(invite.Id, ct);

    async Task<Person> NewPersonAsync(PersonName name, Role role, CancellationToken ct)
    {
        var handle = Handle.From(name.Text);
        return NewPerson(name, handle == Handle.OfSomeone ? await FindFreeAsync(handle, ct) : handle, role);
    }

    // Names without a letter all suggest the same, and whoever has one of them is not to be told that another is taken.
    async Task<Handle> FindFreeAsync(Handle handle, CancellationToken ct)
    {
        var alike = PlainLine.Key(handle.Text) + '%';
        var taken = (await db.Users.Select(p => p.NormalizedUserName!).Union(db.Set<FormerHandleRow>().Select(h => h.Key)).Where(key => EF.Functions.Like(key, alike)).ToListAsync(ct)).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1).Select(handle.Numbered).First(h => !taken.Contains(PlainLine.Key(h.Text)));
    }

    Person NewPerson(PersonName name, Handle handle, Role role) =>
        new() { DisplayName = name.Text, UserName = handle.Text, Role = role, JoinedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };

    async Task<JoinOutcome> CreateAsync(Person person, PersonName name)
    {
        try
        {
            var result = await people.CreateAsync(person);
            if (result.Succeeded) return await WasSomebodysAsync(person.NormalizedUserName!) ? NameTaken(name) : new JoinOutcome.Joined(person);

            return result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
                ? NameTaken(name)
                : throw new InvalidOperationException($"A person could not be made: {string.Join(" ", result.Errors.Select(e => e.Description))}");
        }
        catch (DbUpdateException e) when (e is not DbUpdateConcurrencyException)
        {
            // Somebody took the name after it had been found free; nothing else about a new person can be taken.
            return NameTaken(name);
        }
    }

    // Asked once the person is there, inside the transaction: whoever gives a handle up until then is seen here, and from then on cannot.
    Task<bool> WasSomebodysAsync(string key) => db.Set<FormerHandleRow>().AnyAsync(h => h.Key == key);

    static JoinOutcome.NameTaken NameTaken(PersonName name) =>
        new(new Refusal($"Somebody here is already called {name.Text}. If that is you, sign in; otherwise choose another name."));
}

/// <summary>What came of joining.</summary>
public abstract record JoinOutcome
{
    public sealed record Joined(Person Person) : JoinOutcome;

    public sealed record NameTaken(Refusal Why) : JoinOutcome;

    public sealed record PasswordRefused(Refusal Why) : JoinOutcome;

    /// <summary>Somebody else was the last to join by it, or nobody joins in this way any more.</summary>
    public sealed record InviteUsedUp : JoinOutcome;
}
