using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Storage;
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
}
