using System.Threading.Channels;
using HtmxChat.Web.Mail;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Sends links to people who have forgotten their passwords.</summary>
/// <remarks>Everything happens after the answer has been given: it takes as long for a name that nobody has.</remarks>
public sealed class ForgottenPasswords(IServiceScopeFactory scopes, Postbox postbox, TimeProvider time, ILogger<ForgottenPasswords> logger) : BackgroundService
{
    /// <summary>Between two letters to one person, so that nobody can fill somebody else's mailbox.</summary>
    public static readonly TimeSpan BetweenLetters = TimeSpan.FromMinutes(2);

    const int MaxWaiting = 200;

    readonly Channel<string> names = Channel.CreateBounded<string>(MaxWaiting);

    /// <summary>Whether anything can be sent.</summary>
    public bool CanSend => postbox.IsOn;

    /// <summary>Has a link sent to whoever has that name or address, if anybody has.</summary>
    /// <exception cref="TooBusyException">Too many have asked already.</exception>
    public void Ask(string name)
    {
        if (!names.Writer.TryWrite(name)) throw new TooBusyException();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var name in names.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await AnswerAsync(name, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(e, "A link for a new password could not be made");
            }
        }
    }

    async Task AnswerAsync(string name, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (names, links, resets) = (scope.ServiceProvider.GetRequiredService<SignInNames>(), scope.ServiceProvider.GetRequiredService<AccountLinks>(), scope.ServiceProvider.GetRequiredService<ResetLinks>());
        if (await names.FindAsync(name) is not { Standing: Standing.Active, Role: not Role.Guest, EmailConfirmed: true, Email: { } address } person) return;

        var id = new PersonId(person.Id);
        if (await links.WasSentAsync(LinkPurpose.ResetPassword, id, after: time.GetUtcNow() - BetweenLetters, ct)) return;

        postbox.TryPost(new Letter("password reset", address, "Choose a new password",
            [$"Somebody, probably you, has asked for a new password for @{person.UserName}.", "The link is good for one hour, and for one use. If you have not asked for it, there is nothing to do: your password stays as it is."],
            await resets.NewAsync(id, ct), "Choose a new password"));
    }
}
