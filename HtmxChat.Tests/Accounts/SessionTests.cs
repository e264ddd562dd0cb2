using System.Net;
using System.Security.Claims;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Accounts;

public sealed class SessionTests(SharedSite shared)
{
    [Fact]
    public async Task The_cookie_holds_a_key_of_256_bits_and_nothing_else()
    {
        Assert.Matches("^[0-9a-f]{64}$", shared.Bob.Cookie("chat"));
        Assert.NotEqual(shared.Bob.Cookie("chat"), (await shared.Site.SignInAsync("Bob")).Cookie("chat"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_key_that_nobody_was_given_signs_nobody_in(string key)
    {
        var answer = await shared.Site.NewBrowser().GetAsync("/rooms/1", ("Cookie", $"chat={key}"));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    [Fact]
    public async Task A_person_whose_security_stamp_has_changed_is_signed_out_at_the_next_check_and_others_are_not()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time));
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update people set security_stamp = 'another' where user_name = 'bob'"), Ct);

        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/rooms/1")).Status);
        time.Advance(AccountsRegistration.SecurityStampInterval + TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Redirect, (await bob.GetAsync("/rooms/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/rooms/1")).Status);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/join")]
    [InlineData("an invite")]
    public async Task Whoever_is_signed_in_becomes_nobody_else_by_signing_in_or_joining_once_more(string way)
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        await ann.SubmitAsync("/admin/settings", ("Joining", "Open"));
        var (key, path) = (bob.Cookie("chat"), way == "an invite" ? await ann.InviteAsync() : way);

        var answer = await bob.PostAsync(path, ("Name", way == "/sign-in" ? "Ann" : "Moe"), ("Password", ChatSite.Password));

        Assert.Equal(("/", key), (answer.Location, bob.Cookie("chat")));
        Assert.Equal("Bob", (await bob.GetAsync("/account")).Field("Name"));
        Assert.Equal([2L], await site.CountAsync("people"));
    }

    [Fact]
    public async Task A_session_speaks_for_the_person_it_was_begun_by_and_for_nobody_else()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var bob = await site.JoinAsync(await site.SetUpByAnnAsync(), "Bob");
        var tickets = site.Services.GetRequiredService<SessionTickets>();
        var (key, identity) = (bob.Cookie("chat"), new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "1")]));

        await Assert.ThrowsAsync<InvalidOperationException>(() => tickets.RenewAsync(key, new AuthenticationTicket(new ClaimsPrincipal(identity), "any")));
        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update sessions set person_id = 1 where person_id = 2"), Ct);
        tickets.Forget(new PersonId(2));

        Assert.Contains("/sign-in", (await bob.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
    }
}
