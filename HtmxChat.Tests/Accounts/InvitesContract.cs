using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>Links by which people join, on both databases.</summary>
public abstract class InvitesContract(SharedSite shared)
{
    const int Uses = 5;
    const int AtOnce = 50;

    static int people;

    [Fact]
    public async Task Of_fifty_who_join_at_once_by_an_invite_for_five_exactly_five_are_in()
    {
        var invite = await NewAsync(maxUses: Uses);
        var visitors = Enumerable.Range(0, AtOnce).Select(_ => (Browser: shared.Site.NewBrowser(), Name: NewName())).ToList();
        var forms = await Task.WhenAll(visitors.Select(v => v.Browser.GetAsync(invite.Path)));

        var answers = await Task.WhenAll(visitors.Zip(forms, (v, form) => v.Browser.SubmitAsync(form, invite.Path, ("Name", v.Name), ("Password", ChatSite.Password))));

        Assert.Equal(Uses, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(AtOnce - Uses, answers.Count(a => a.Status == HttpStatusCode.NotFound));
        var stayed = await Task.WhenAll(visitors.Select(async v => (await v.Browser.GetAsync("/rooms/1")).Status == HttpStatusCode.OK));
        Assert.Equal(Uses, stayed.Count(s => s));
        visitors.ForEach(v => v.Browser.Dispose());
    }

    [Fact]
    public async Task Whoever_is_refused_has_not_used_it_up()
    {
        var invite = await NewAsync(maxUses: 1);
        using var visitor = shared.Site.NewBrowser();

        var refused = await visitor.SubmitAsync(invite.Path, ("Name", "Bob"), ("Password", ChatSite.Password));
        var joined = await visitor.SubmitAsync(refused, invite.Path, ("Name", NewName()), ("Password", ChatSite.Password));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/"), (refused.Status, joined.Location));
    }

    [Fact]
    public async Task One_that_has_expired_or_was_taken_back_is_none()
    {
        var (expired, revoked) = (await NewAsync(expiresAt: DateTimeOffset.UtcNow.AddSeconds(-1)), await NewAsync());
        await InScopeAsync(invites => invites.RevokeAsync(new PersonId(1), revoked.Id, Ct));
        using var visitor = shared.Site.NewBrowser();

        var nowhere = await visitor.GetAsync("/join/abcdefghjkmnpqrstuvw");

        foreach (var invite in new[] { expired, revoked })
        {
            var answer = await visitor.GetAsync(invite.Path);
            Assert.Equal((HttpStatusCode.NotFound, nowhere.Text), (answer.Status, answer.Text));
            Assert.Equal("This invite link does not work", answer.TextOf("h1"));
        }
    }

    static string NewName() => $"Visitor {Interlocked.Increment(ref people)}";

    Task<Invite> NewAsync(DateTimeOffset? expiresAt = null, int? maxUses = null) =>
        InScopeAsync(invites => invites.NewAsync(new PersonId(1), note: "", expiresAt, maxUses, Ct));

    async Task<T> InScopeAsync<T>(Func<Invites, Task<T>> run)
    {
        await using var scope = shared.Site.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<Invites>());
    }
}

public sealed class SqliteInvitesTests(SharedSite shared) : InvitesContract(shared);

public sealed class PostgresInvitesTests(PostgresSite shared) : InvitesContract(shared), IClassFixture<PostgresSite>;
