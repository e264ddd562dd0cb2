using System.Net;

namespace HtmxChat.Tests.Admin;

public sealed class SetupTests
{
    [Fact]
    public async Task The_first_visitor_becomes_the_administrator_and_gets_a_lobby_and_an_invite_link()
    {
        await using var site = await ChatSite.StartEmptyAsync();

        var ann = await site.SetUpByAnnAsync();

        Assert.StartsWith("/join/", await ann.InviteAsync(), StringComparison.Ordinal);
        Assert.Equal("/rooms/1", (await ann.GetAsync("/")).Location);
        var lobby = await ann.GetAsync("/rooms/1");
        Assert.Equal(("Lobby", ChatSite.Name), (lobby.TextOf("h1"), lobby.TextOf("#rooms .site")));
        Assert.Equal($"Lobby · {ChatSite.Name}", lobby.TextOf("title"));
    }

    [Fact]
    public async Task After_it_the_page_is_gone_even_for_a_form_that_was_open()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var late = site.NewBrowser();
        var form = await late.GetAsync("/setup");
        var ann = await site.SetUpByAnnAsync();

        Assert.Equal("/", (await late.GetAsync("/setup")).Location);
        Assert.Equal("/", (await late.SubmitAsync(form, "/setup", ("Site", "Mine"), ("Name", "Late"), ("Password", ChatSite.Password))).Location);

        Assert.Contains("/sign-in", (await late.GetAsync("/")).Location, StringComparison.Ordinal);
        Assert.Equal(ChatSite.Name, (await ann.GetAsync("/rooms/1")).TextOf("#rooms .site"));
    }

    [Theory]
    [InlineData("\u200b", "Ann", ChatSite.Password, "Please give this place a name.")]
    [InlineData("Tea house", "\u200b", ChatSite.Password, "Please give your name.")]
    [InlineData("Tea house", "Ann", "short", "Please choose a password of at least 8 characters.")]
    public async Task What_cannot_be_taken_is_refused_in_words_and_leaves_the_site_as_it_was(string siteName, string name, string password, string words)
    {
        await using var site = await ChatSite.StartEmptyAsync();

        var answer = await site.NewBrowser().SubmitAsync("/setup", ("Site", siteName), ("Name", name), ("Password", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(words, string.Concat(answer.Page.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim())));
        Assert.Equal((siteName, name, null), (answer.Field("Site"), answer.Field("Name"), answer.Field("Password")));
        await site.SetUpByAnnAsync();
    }

    [Fact]
    public async Task Of_five_first_visitors_at_once_one_becomes_the_administrator()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        Browser[] visitors = [.. Enumerable.Range(0, 5).Select(_ => site.NewBrowser())];
        var forms = await Task.WhenAll(visitors.Select(v => v.GetAsync("/setup")));
        Assert.All(forms, form => Assert.Equal(HttpStatusCode.OK, form.Status));

        var answers = await Task.WhenAll(visitors.Select((v, n) =>
            v.SubmitAsync(forms[n], "/setup", ("Site", $"Site {n}"), ("Name", $"Visitor {n}"), ("Password", ChatSite.Password))));

        Assert.Equal(["/", "/", "/", "/", "/admin/invites"], answers.Select(a => a.Location).Order());
        Assert.Equal([1L, 1L, 1L], await site.CountAsync("sites", "people", "rooms"));
    }
}
