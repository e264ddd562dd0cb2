using System.Net;

namespace HtmxChat.Tests.Accounts;

public sealed class JoinTests(SharedSite shared)
{
    /// <summary>128 characters that nobody would guess.</summary>
    static readonly string Long = string.Concat(Enumerable.Range(100, 40).Select(n => $"{n * 7919}"))[..128];

    [Fact]
    public async Task Whoever_has_the_link_joins_and_is_signed_in()
    {
        var carol = await shared.Site.JoinAsync(shared.Ann, "Carol");

        Assert.Equal("Carol", (await carol.GetAsync("/rooms/1")).TextOf("#rooms .me [dir]"));
    }

    [Fact]
    public async Task Without_the_right_link_nobody_joins()
    {
        var (stranger, invite) = (shared.Site.NewBrowser(), await shared.Ann.InviteAsync());
        var form = await stranger.GetAsync(invite);
        Assert.Equal(HttpStatusCode.OK, form.Status);

        foreach (var wrong in new[] { "/join/wrong", invite[..^1], $"{invite}x", invite.ToUpperInvariant() })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(wrong)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.SubmitAsync(form, wrong, ("Name", "Mallory"), ("Password", ChatSite.Password))).Status);
        }
    }

    [Theory]
    [InlineData("bOB", ChatSite.Password, "Somebody here is already called bOB. If that is you, sign in; otherwise choose another name.")]
    [InlineData("\u200b", ChatSite.Password, "Please give your name.")]
    [InlineData("A name of more than forty characters, really", ChatSite.Password, "That has 44 characters; please use at most 40.")]
    [InlineData("Dave", "", "Please choose a password of at least 8 characters.")]
    [InlineData("Dave", "1234567", "Please choose a password of at least 8 characters.")]
    [InlineData("Dave the Great", "dave the great", "Please choose a password that nobody can guess from your name or the name of this place.")]
    [InlineData("Dave", "Tea.House!24", "Please choose a password that nobody can guess from your name or the name of this place.")]
    [InlineData("Dave", "Passw0rd!", "Please choose another password: many people use this one, so it is guessed at once.")]
    [InlineData("Dave", "qwertzuiop", "Please choose another password: one that repeats itself, or follows the keys, is guessed at once.")]
    public async Task What_cannot_be_taken_is_refused_in_words_and_the_name_is_kept(string name, string password, string words)
    {
        var stranger = shared.Site.NewBrowser();

        var answer = await stranger.SubmitAsync(await shared.Ann.InviteAsync(), ("Name", name), ("Password", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(words, string.Concat(answer.Page.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim())));
        Assert.Equal(name, answer.Field("Name"));
        Assert.Null(answer.Field("Password"));
        Assert.Contains("/sign-in", (await stranger.GetAsync("/")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_may_have_128_characters_and_no_more()
    {
        var invite = await shared.Ann.InviteAsync();

        var refused = await shared.Site.NewBrowser().SubmitAsync(invite, ("Name", "Erin"), ("Password", $"{Long}x"));
        var taken = await shared.Site.NewBrowser().SubmitAsync(invite, ("Name", "Erin"), ("Password", Long));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (refused.Status, taken.Status));
    }

    [Fact]
    public async Task Of_two_who_take_the_same_name_at_once_one_is_told_that_it_is_taken()
    {
        var invite = await shared.Ann.InviteAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => shared.Site.NewBrowser().SubmitAsync(invite, ("Name", "Frank"), ("Password", ChatSite.Password))));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(a => a.Status).Order());
        Assert.Contains(answers, a => a.Text.Contains("Somebody here is already called Frank.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_here_already_is_led_to_the_rooms() =>
        Assert.Equal("/", (await shared.Bob.GetAsync(await shared.Ann.InviteAsync())).Location);
}
