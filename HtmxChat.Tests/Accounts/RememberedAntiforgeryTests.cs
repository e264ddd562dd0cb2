using System.Net;
using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Accounts;

public sealed class RememberedAntiforgeryTests(SharedSite shared)
{
    const string Token = "__RequestVerificationToken";
    const string Page = "/rooms/1/composer";

    [Fact]
    public async Task The_same_browser_and_person_are_given_the_same_token_and_nobody_else_is()
    {
        var bob = await shared.Site.SignInAsync("Bob");
        var token = (await bob.GetAsync(Page)).Field(Token);

        Assert.Equal(token, (await bob.GetAsync(Page)).Field(Token));
        Assert.NotEqual(token, (await (await shared.Site.SignInAsync("Bob")).GetAsync(Page)).Field(Token));
    }

    [Fact]
    public async Task A_page_with_a_remembered_token_may_be_stored_no_more_than_one_with_a_new_token()
    {
        var bob = await shared.Site.SignInAsync("Bob");
        var first = await bob.GetAsync(Page);

        var again = await bob.GetAsync(Page);

        Assert.Equal("no-store, no-cache", again.Header("Cache-Control"));
        foreach (var header in new[] { "Cache-Control", "Pragma", "X-Frame-Options" }) Assert.Equal(first.Header(header), again.Header(header));
    }

    [Fact]
    public async Task A_token_that_was_valid_is_worth_nothing_to_the_next_person_at_the_same_browser()
    {
        var browser = await shared.Site.SignInAsync("Bob");
        var form = await browser.GetAsync(Page);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(form));
        await browser.SignOutAsync();
        await browser.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(form));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(await browser.GetAsync(Page)));

        async Task<HttpStatusCode> PostAsync(Answer page) =>
            (await browser.SubmitByHtmxAsync(page, "/rooms/1", ("key", ClientKey.New().Text), ("text", "Whose?"))).Status;
    }

    [Fact]
    public async Task A_token_that_was_valid_is_worth_nothing_in_another_browser()
    {
        var form = await shared.Bob.GetAsync(Page);
        Assert.Equal(HttpStatusCode.NoContent, (await shared.Bob.SubmitByHtmxAsync(form, "/rooms/1", ("text", "Mine."))).Status);
        var other = await shared.Site.SignInAsync("Bob");

        var answer = await other.SubmitByHtmxAsync(form, "/rooms/1", ("key", ClientKey.New().Text), ("text", "Whose?"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }
}
