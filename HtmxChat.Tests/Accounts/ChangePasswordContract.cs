using System.Net;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Accounts;

/// <summary>A person's own password, on both databases.</summary>
public abstract class ChangePasswordContract(SharedSite shared)
{
    const string Page = "/account/password";
    const string Another = "wolke sieben";

    static int people;

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    [InlineData(Carrier.Html)]
    public async Task Changing_it_ends_every_other_session_within_two_seconds_and_the_own_one_goes_on(Carrier carrier)
    {
        var (name, here) = await JoinAsync();
        var (thief, room) = (await shared.Site.SignInAsync(name), await shared.NewRoomAsync());
        await using var listening = await here.ListenAsync(room, carrier, await here.PositionAsync(room));
        await using var stolen = await thief.ListenAsync(room, carrier, await thief.PositionAsync(room));
        await shared.Ann.SayAsync(room, "Both hear this.");
        await listening.HearAsync("Both hear this.");
        await stolen.HearAsync("Both hear this.");

        var answer = await here.SubmitAsync(Page, ("Current", ChatSite.Password), ("New", Another));
        await stolen.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        Assert.Equal($"{Page}?changed=yes", answer.Location);
        await using var again = await thief.ListenAsync(room, carrier);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Unauthorized), ((await thief.GetAsync($"/rooms/{room}")).Status, again.Status));
        await here.SayAsync(room, "Only I hear this.");
        await listening.HearAsync("Only I hear this.");
        Assert.DoesNotContain("Only I hear this.", stolen.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_then_on_the_new_one_signs_in_and_the_old_one_does_not()
    {
        var (name, person) = await JoinAsync();

        await person.SubmitAsync(Page, ("Current", ChatSite.Password), ("New", Another));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(name, ChatSite.Password)).Status);
        Assert.Equal("/", (await SignInAsync(name, Another)).Location);
    }

    [Theory]
    [InlineData("wrong guess", Another, "That is not your password.")]
    [InlineData(ChatSite.Password, "short", "Please choose a password of at least 8 characters.")]
    [InlineData(ChatSite.Password, "sunshine", "Please choose another password: many people use this one, so it is guessed at once.")]
    public async Task What_cannot_be_taken_is_refused_beside_its_field_and_changes_nothing(string current, string password, string words)
    {
        var (name, person) = await JoinAsync();

        var answer = await person.SubmitAsync(Page, ("Current", current), ("New", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(words, string.Concat(answer.Page.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim())));
        Assert.Equal("/", (await SignInAsync(name, ChatSite.Password)).Location);
    }

    [Fact]
    public async Task Whoever_has_only_the_session_may_guess_the_password_no_more_often_than_at_the_sign_in()
    {
        var (name, person) = await JoinAsync();
        for (var i = 0; i < 10; i++) await person.SubmitAsync(Page, ("Current", $"wrong guess {i}"), ("New", Another));

        var answer = await person.SubmitAsync(Page, ("Current", ChatSite.Password), ("New", Another));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(name, Another)).Status);
    }

    [Fact]
    public async Task Wrong_passwords_at_the_door_keep_nobody_from_the_own_account_who_is_in_already()
    {
        var (name, person) = await JoinAsync();
        for (var i = 0; i < 11; i++) await SignInAsync(name, $"wrong guess {i}");

        var answer = await person.SubmitAsync(Page, ("Current", ChatSite.Password), ("New", Another));

        Assert.Equal("/account/password?changed=yes", answer.Location);
    }

    [Fact]
    public async Task A_link_for_a_new_password_is_good_no_more_after_it()
    {
        var (name, person) = await JoinAsync();
        var link = await shared.Site.NewResetLinkAsync(name);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync(link)).Status);

        await person.SubmitAsync(Page, ("Current", ChatSite.Password), ("New", Another));

        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(link)).Status);
    }

    async Task<(string Name, Browser Browser)> JoinAsync()
    {
        var name = $"Changer {Interlocked.Increment(ref people)}";
        return (name, await shared.Site.JoinAsync(shared.Ann, name));
    }

    Task<Answer> SignInAsync(string name, string password) => shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", password));
}

public sealed class SqliteChangePasswordTests(SharedSite shared) : ChangePasswordContract(shared);

public sealed class PostgresChangePasswordTests(PostgresSite shared) : ChangePasswordContract(shared), IClassFixture<PostgresSite>;
