using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Signing in by passkey, and adding one. A passkey is two steps in one, the device and what unlocks it, so no code is
/// asked for after it.
/// </summary>
public sealed class PasskeyDoor(SignInManager<Person> signIn, Passkeys passkeys)
{
    static readonly Refusal NotMade = new("The passkey was not made in time, or not by this browser. Please try again.");

    /// <summary>What a browser needs to know to make a passkey for somebody: JSON for <c>navigator.credentials.create</c>.</summary>
    public Task<string> OfferAsync(Person person) => signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
    {
        Id = new PersonId(person.Id).ToString(),
        Name = person.UserName!,
        DisplayName = person.DisplayName,
    });

    /// <summary>Adds the passkey that a browser has made.</summary>
    /// <param name="credential">JSON, as <c>navigator.credentials.create</c> gives it.</param>
    /// <returns>Null when it was added.</returns>
    public async Task<Refusal?> AddAsync(Person person, PasskeyName name, string credential, CancellationToken ct)
    {
        if (credential.Length == 0) return NotMade;

        try
        {
            var made = await signIn.PerformPasskeyAttestationAsync(credential);
            if (!made.Succeeded || made.UserEntity.Id != new PersonId(person.Id).ToString()) return NotMade;

            return await passkeys.AddAsync(new PersonId(person.Id), made.Passkey, name, ct) ? null : new($"That passkey is here already, or there are {Passkeys.Max} of them. Remove one first.");
        }
        catch (InvalidOperationException)
        {
            return NotMade; // nothing was offered, or too long ago
        }
    }

    /// <summary>What a browser needs to know to find somebody's passkey for this site, whoever it is: JSON for <c>navigator.credentials.get</c>.</summary>
    public Task<string> ChallengeAsync() => signIn.MakePasskeyRequestOptionsAsync(user: null);

    /// <summary>Signs in whoever the passkey belongs to.</summary>
    /// <param name="credential">JSON, as <c>navigator.credentials.get</c> gives it.</param>
    /// <returns>False when it belongs to nobody, to somebody who may not come in, or proves nothing.</returns>
    public async Task<bool> TrySignInAsync(string credential, CancellationToken ct)
    {
        if (credential.Length == 0) return false;

        try
        {
            var proof = await signIn.PerformPasskeyAssertionAsync(credential);
            if (!proof.Succeeded || !await signIn.CanSignInAsync(proof.User)) return false;

            await passkeys.UsedAsync(proof.Passkey, ct);
            await signIn.SignInAsync(proof.User, isPersistent: true);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // nothing was asked for, or too long ago
        }
    }

    /// <summary>
    /// For the host that the request was sent to. The device must have been unlocked, and must know whose passkey it is, so
    /// that no name has to be typed.
    /// </summary>
    internal static void SetUp(IdentityPasskeyOptions passkey)
    {
        passkey.UserVerificationRequirement = "required";
        passkey.ResidentKeyRequirement = "required";

        // Identity's own takes any origin that the request says it comes from, also another host's below the same name.
        passkey.ValidateOrigin = proof =>
            ValueTask.FromResult(!proof.CrossOrigin && proof.HttpContext.Request.Headers.Origin == proof.Origin && SameOrigin.Allows(proof.HttpContext.Request));
    }
}
