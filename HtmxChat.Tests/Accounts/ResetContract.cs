using System.Net;
using HtmxChat.Tests.Mail;
using HtmxChat.Tests.Storage;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace HtmxChat.Tests.Accounts;

/// <summary>Addresses for mail, and new passwords by mail and by administrators' links, on both databases.</summary>
public abstract class ResetContract : IAsyncLifetime
{
    const string Another = "wolke sieben";
    const string Address = "bob@example.org";

    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    readonly MailServer mail = new();
    ChatSite site = null!;
    Browser ann = null!;
    Browser bob = null!;

    public async ValueTask InitializeAsync()
    {
        site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time), [.. mail.Settings, .. await SettingsAsync()]);
        ann = await site.SetUpByAnnAsync();
        bob = await site.JoinAsync(ann, "Bob");
    }

    [Fact]
    public async Task An_address_is_a_persons_once_the_link_in_the_letter_was_followed_and_then_signs_in()
    {
        var asked = await bob.SubmitAsync("/account/email", ("Address", Address), ("Password", ChatSite.Password));
        var letter = await mail.ReadAsync();
        Assert.Equal(("/account/email?sent=yes", Address), (asked.Location, letter.To.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(Address, ChatSite.Password)).Status);
        Assert.DoesNotContain(Address, (await bob.GetAsync("/account/email")).Text, StringComparison.Ordinal);

        var opened = await site.NewBrowser().GetAsync(PathIn(letter));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(Address, ChatSite.Password)).Status);
        var confirmed = await site.NewBrowser().SubmitAsync(PathIn(letter));

        Assert.Equal(("no-referrer", "no-store, no-cache"), (opened.Header("Referrer-Policy"), opened.Header("Cache-Control")));
        Assert.Equal(HttpStatusCode.OK, confirmed.Status);
        Assert.Equal("/", (await SignInAsync("BOB@example.org", ChatSite.Password)).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(PathIn(letter))).Status);
    }

    [Theory]
    [InlineData(Address, "wrong guess", "That is not your password.")]
    [InlineData("bob", ChatSite.Password, "Please give an address such as name@example.org.")]
    [InlineData("Bob <bob@example.org>", ChatSite.Password, "Please give an address such as name@example.org.")]
    [InlineData("a@b, c@d", ChatSite.Password, "Please give an address such as name@example.org.")]
    [InlineData("", ChatSite.Password, "Please give an address.")]
    public async Task An_address_is_not_taken_without_the_password_or_in_another_form(string address, string password, string words)
    {
        var answer = await bob.SubmitAsync("/account/email", ("Address", address), ("Password", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(words, string.Concat(answer.Page.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim())));
        Assert.Equal(address, answer.Field("Address") ?? "");
        Assert.False(mail.HasMore);
    }

    [Fact]
    public async Task An_address_that_somebody_has_is_given_to_nobody_else_and_only_its_owner_is_told()
    {
        await ConfirmAsync(bob, Address);

        var asked = await ann.SubmitAsync("/account/email", ("Address", "Bob@Example.org"), ("Password", ChatSite.Password));

        Assert.Equal("/account/email?sent=yes", asked.Location);
        var letter = await mail.ReadAsync();
        Assert.Equal("This address is in use already", letter.Subject);
        Assert.DoesNotContain("https://", letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_confirm_one_address_at_once_one_has_it()
    {
        List<string> links = [];
        foreach (var person in new[] { ann, bob })
        {
            await person.SubmitAsync("/account/email", ("Address", Address), ("Password", ChatSite.Password));
            links.Add(PathIn(await mail.ReadAsync()));
        }

        var answers = await Task.WhenAll(links.Select(link => site.NewBrowser().SubmitAsync(link)));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], answers.Select(a => a.Status).Order());
        Assert.Equal([1L], await CountAsync("select count(*) from people where email is not null"));
    }

    [Fact]
    public async Task When_an_address_is_changed_the_old_one_is_told_and_what_was_sent_there_is_good_no_more()
    {
        await ConfirmAsync(bob, Address);
        await AskAsync("Bob");
        var sentToOld = PathIn(await mail.ReadAsync());

        await ConfirmAsync(bob, "bob@elsewhere.example");

        var letter = await mail.ReadAsync();
        Assert.Equal((Address, "Your address was changed"), (letter.To.ToString(), letter.Subject));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(sentToOld)).Status);
    }

    [Fact]
    public async Task An_address_can_be_taken_away_again()
    {
        await ConfirmAsync(bob, Address);

        var form = await bob.GetAsync("/account/email");
        var answer = await bob.SubmitAsync(form, "/account/email?handler=Remove", ("Password", ChatSite.Password));

        Assert.Equal("/account/email", answer.Location);
        Assert.Equal([0L], await CountAsync("select count(*) from people where email is not null or normalized_email is not null"));
    }

    [Fact]
    public async Task Whoever_has_forgotten_the_password_chooses_another_by_the_link_in_the_letter_and_everybody_else_is_signed_out()
    {
        await ConfirmAsync(bob, Address);
        var form = await AskAsync("bob");
        var letter = await mail.ReadAsync();
        await using var listening = await bob.ListenAsync(new RoomId(1), Carrier.WebSocket);
        for (var i = 0; i < 10; i++) await SignInAsync("Bob", $"wrong guess {i}");

        var refused = await site.NewBrowser().SubmitAsync(PathIn(letter), ("Password", "teahouse1"));
        var changed = await site.NewBrowser().SubmitAsync(PathIn(letter), ("Password", Another));
        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        Assert.Equal("/forgot?sent=yes", form.Location);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/sign-in?changed=yes"), (refused.Status, changed.Location));
        Assert.Contains("/sign-in", (await bob.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
        Assert.Equal("/", (await SignInAsync("Bob", Another)).Location);
        Assert.Equal("Your password was changed", (await mail.ReadAsync()).Subject);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(PathIn(letter))).Status);
    }

    [Fact]
    public async Task A_link_is_good_for_one_of_many_who_use_it_at_once()
    {
        var link = await site.NewResetLinkAsync("Bob");
        var forms = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => site.NewBrowser() is var b ? (Browser: b, Form: await b.GetAsync(link)) : default));

        var answers = await Task.WhenAll(forms.Select((f, n) => f.Browser.SubmitAsync(f.Form, link, ("Password", $"wolke {n} sieben"))));

        Assert.Single(answers, a => a.Location == "/sign-in?changed=yes");
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_link_from_a_letter_is_good_for_an_hour_and_one_from_an_administrator_for_a_day()
    {
        await ConfirmAsync(bob, Address);
        await AskAsync("Bob");
        var (sent, made) = (PathIn(await mail.ReadAsync()), await site.NewResetLinkAsync("Bob"));

        time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await ann.GetAsync(sent)).Status, (await ann.GetAsync(made)).Status));
        time.Advance(TimeSpan.FromHours(23));

        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync(made)).Status);
    }

    [Fact]
    public async Task Whoever_asks_for_a_new_password_learns_nothing_about_who_is_here()
    {
        await ConfirmAsync(bob, Address);
        await WriteAsync($"update people set standing = {Standing.Banned:D} where user_name = 'ann'");

        var answers = new List<(HttpStatusCode, string?, string)>();
        foreach (var name in new[] { "Nobody", "nobody@example.org", "Ann", "", "Bob" })
        {
            var answer = await AskAsync(name);
            answers.Add((answer.Status, answer.Location, answer.Text));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(Address, (await mail.ReadAsync()).To.ToString());
        Assert.False(mail.HasMore);
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_by_asking_again_and_again()
    {
        await ConfirmAsync(bob, Address);
        await AskAsync("Bob");
        await mail.ReadAsync();

        await AskAsync("Bob");
        await AskAsync(Address);
        time.Advance(TimeSpan.FromMinutes(3));
        await AskAsync("Bob");
        await mail.ReadAsync();

        Assert.False(mail.HasMore);
        Assert.Equal([2L], await CountAsync("select count(*) from account_links"));
    }

    [Fact]
    public async Task The_database_does_not_hold_what_stands_in_a_link()
    {
        var token = (await site.NewResetLinkAsync("Bob"))["/reset/".Length..];

        var hash = Assert.Single(await site.Services.GetRequiredService<SqlReader>().AllAsync("select token_hash from account_links", row => row.GetFieldValue<byte[]>(0), Ct));

        Assert.Equal((64, 32), (token.Length, hash.Length));
        Assert.NotEqual(Convert.FromHexString(token), hash);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync($"/reset/{Convert.ToHexStringLower(hash)}")).Status);
    }

    [Fact]
    public async Task A_link_for_one_thing_does_nothing_else()
    {
        await bob.SubmitAsync("/account/email", ("Address", Address), ("Password", ChatSite.Password));
        var confirm = PathIn(await mail.ReadAsync());
        var reset = await site.NewResetLinkAsync("Bob");

        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync(confirm.Replace("/confirm/", "/reset/", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync(reset.Replace("/reset/", "/confirm/", StringComparison.Ordinal))).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await mail.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<(string Key, string Value)[]> SettingsAsync();

    async Task ConfirmAsync(Browser person, string address)
    {
        await person.SubmitAsync("/account/email", ("Address", address), ("Password", ChatSite.Password));
        Assert.Equal(HttpStatusCode.OK, (await person.SubmitAsync(PathIn(await mail.ReadAsync()))).Status);
        time.Advance(TimeSpan.FromMinutes(2));
    }

    Task<Answer> AskAsync(string name) => site.NewBrowser().SubmitAsync("/forgot", ("Name", name));

    Task<Answer> SignInAsync(string name, string password) => site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", password));

    Task<List<long>> CountAsync(string sql) => site.Services.GetRequiredService<SqlReader>().AllAsync(sql, row => row.GetInt64(0), Ct);

    Task<int> WriteAsync(string sql) => site.Services.GetRequiredService<GroupCommit>().WriteAsync(session => session.Execute(sql), Ct);

    static string PathIn(MimeMessage letter) => new Uri(letter.TextBody!.Split('\n').Select(l => l.Trim()).Single(l => l.StartsWith("https://tea.example/", StringComparison.Ordinal))).PathAndQuery;
}

public sealed class SqliteResetTests : ResetContract
{
    protected override Task<(string Key, string Value)[]> SettingsAsync() => Task.FromResult<(string Key, string Value)[]>([]);
}

public sealed class PostgresResetTests(SharedPostgres server) : ResetContract
{
    protected override async Task<(string Key, string Value)[]> SettingsAsync() => [await PostgresSite.SettingAsync(server)];
}
