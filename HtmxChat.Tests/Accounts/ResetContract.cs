using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>Addresses for mail, and new passwords by mail and by administrators' links, on both databases.</summary>
public abstract class ResetContract(MailSite shared)
{
    const string Another = "wolke sieben";

    [Fact]
    public async Task An_address_is_a_persons_once_the_link_in_the_letter_was_followed_and_then_signs_in()
    {
        var (_, address, bob) = await shared.JoinAsync();
        var asked = await bob.SubmitAsync("/account/email", ("Address", address), ("Password", ChatSite.Password));
        var letter = await shared.ReadLetterAsync();
        Assert.Equal(("/account/email?sent=yes", address), (asked.Location, letter.To.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(address, ChatSite.Password)).Status);
        Assert.DoesNotContain(address, (await bob.GetAsync("/account/email")).Text, StringComparison.Ordinal);

        var opened = await shared.Site.NewBrowser().GetAsync(MailSite.LinkIn(letter));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(address, ChatSite.Password)).Status);
        var confirmed = await shared.Site.NewBrowser().SubmitAsync(MailSite.LinkIn(letter));

        Assert.Equal(("no-referrer", "no-store, no-cache"), (opened.Header("Referrer-Policy"), opened.Header("Cache-Control")));
        Assert.Equal("/confirm/done", confirmed.Location);
        Assert.Equal("/", (await SignInAsync(address.ToUpperInvariant(), ChatSite.Password)).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(MailSite.LinkIn(letter))).Status);
        await bob.SubmitAsync(await bob.GetAsync("/account/email"), "/account/email?handler=Remove", ("Password", ChatSite.Password));
        var audit = (await shared.Ann.GetAsync($"/admin/audit?person={address.Split('@')[0]}")).TextOf(".rows");
        Assert.Contains("confirmed a mail address", audit, StringComparison.Ordinal);
        Assert.Contains("removed the own mail address", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(address, audit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("somebody@example.org", "wrong guess", "That is not your password.")]
    [InlineData("bob", ChatSite.Password, "Please give an address such as name@example.org.")]
    [InlineData("Bob <bob@example.org>", ChatSite.Password, "Please give an address such as name@example.org.")]
    [InlineData("a@b, c@d", ChatSite.Password, "Please give an address such as name@example.org.")]
    [InlineData("", ChatSite.Password, "Please give an address.")]
    public async Task An_address_is_not_taken_without_the_password_or_in_another_form(string address, string password, string words)
    {
        var (_, _, bob) = await shared.JoinAsync();
        var answer = await bob.SubmitAsync("/account/email", ("Address", address), ("Password", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(words, string.Concat(answer.Page.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim())));
        Assert.Equal(address, answer.Field("Address") ?? "");
        Assert.False(shared.HasMore);
    }

    [Fact]
    public async Task An_address_that_somebody_has_is_given_to_nobody_else_and_only_its_owner_is_told()
    {
        var (_, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);

        var asked = await shared.Ann.SubmitAsync("/account/email", ("Address", address.ToUpperInvariant()), ("Password", ChatSite.Password));

        Assert.Equal("/account/email?sent=yes", asked.Location);
        var letter = await shared.ReadLetterAsync();
        Assert.Equal("This address is in use already", letter.Subject);
        Assert.DoesNotContain("https://", letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sends_a_test_letter_and_reads_what_the_server_says()
    {
        const string Form = "/admin/settings?handler=Letter";
        var page = await shared.Ann.GetAsync("/admin/settings");
        var wrong = await shared.Ann.SubmitAsync(page, Form, ("Address", "nobody"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "nobody", ChatSite.Name), (wrong.Status, wrong.Field("Address"), wrong.Field("Name")));

        var taken = await shared.Ann.SubmitAsync(page, Form, ("Address", "tester@example.org"));
        Assert.Contains("taken with thanks", taken.TextOf("[role=status]"), StringComparison.Ordinal);
        Assert.Equal(("Mail works", "tester@example.org"), await ReadAsync());
        shared.RefuseNext("550 nobody of that name");
        var refused = await shared.Ann.SubmitAsync(page, Form, ("Address", "tester@example.org"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("nobody of that name", refused.TextOf("#address-problem"), StringComparison.Ordinal);
        Assert.False(shared.HasMore);

        async Task<(string?, string)> ReadAsync()
        {
            var letter = await shared.ReadLetterAsync();
            return (letter.Subject, letter.To.ToString());
        }
    }

    [Fact]
    public async Task Of_two_who_confirm_one_address_at_once_one_has_it()
    {
        var (_, address, bob) = await shared.JoinAsync();
        List<string> links = [];
        foreach (var person in new[] { bob, (await shared.JoinAsync()).Browser })
        {
            await person.SubmitAsync("/account/email", ("Address", address), ("Password", ChatSite.Password));
            links.Add(await shared.ReadLinkAsync());
            shared.Time.Advance(TimeSpan.FromMinutes(2));
        }

        var answers = await Task.WhenAll(links.Select(link => shared.Site.NewBrowser().SubmitAsync(link)));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.NotFound], answers.Select(a => a.Status).Order());
        Assert.Equal([1L], await CountAsync($"select count(*) from people where email = '{address}'"));
    }

    [Fact]
    public async Task When_an_address_is_changed_the_old_one_is_told_and_what_was_sent_there_is_good_no_more()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);
        await AskAsync(name);
        var sentToOld = await shared.ReadLinkAsync();

        await ConfirmAsync(bob, $"elsewhere.{address}");

        var letter = await shared.ReadLetterAsync();
        Assert.Equal((address, "Your address was changed"), (letter.To.ToString(), letter.Subject));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(sentToOld)).Status);
    }

    [Fact]
    public async Task A_new_password_takes_back_the_link_that_somebody_with_the_old_one_had_sent_to_an_address_of_theirs()
    {
        var (_, address, bob) = await shared.JoinAsync();
        await bob.SubmitAsync("/account/email", ("Address", $"thief.{address}"), ("Password", ChatSite.Password));
        var sentToThief = await shared.ReadLinkAsync();

        await bob.SubmitAsync("/account/password", ("Current", ChatSite.Password), ("New", Another));

        Assert.Equal(HttpStatusCode.NotFound, (await shared.Site.NewBrowser().GetAsync(sentToThief)).Status);
    }

    [Fact]
    public async Task A_guest_comes_to_no_password_by_mail()
    {
        var (name, address, gus) = await shared.JoinAsync();
        await ConfirmAsync(gus, address);
        var link = await shared.Site.NewResetLinkAsync(name);
        await WriteAsync($"update people set role = {(int)Role.Guest} where display_name = '{name}'");

        await AskAsync(name);
        var known = await NewKnownAsync();
        await AskAsync(known);
        var refused = await gus.SubmitAsync("/account/email", ("Address", $"elsewhere.{address}"), ("Password", ChatSite.Password));

        Assert.DoesNotContain(address, await ReadUntilAsync(known));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("guest", refused.TextOf("main"), StringComparison.Ordinal);
        Assert.NotEqual("/sign-in?changed=yes", (await shared.Site.NewBrowser().SubmitAsync(link, ("Password", "wolke sieben"))).Location);
    }

    [Fact]
    public async Task An_address_can_be_taken_away_again()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);

        var form = await bob.GetAsync("/account/email");
        var answer = await bob.SubmitAsync(form, "/account/email?handler=Remove", ("Password", ChatSite.Password));

        Assert.Equal("/account/email", answer.Location);
        Assert.Equal([0L], await CountAsync($"select count(*) from people where display_name = '{name}' and (email is not null or normalized_email is not null)"));
    }

    [Fact]
    public async Task Whoever_has_forgotten_the_password_chooses_another_by_the_link_in_the_letter_and_everybody_else_is_signed_out()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);
        var form = await AskAsync(name);
        var letter = await shared.ReadLetterAsync();
        await using var listening = await bob.ListenAsync(new RoomId(1), Carrier.WebSocket);
        for (var i = 0; i < 10; i++) await SignInAsync(name, $"wrong guess {i}");

        var refused = await shared.Site.NewBrowser().SubmitAsync(MailSite.LinkIn(letter), ("Password", "teahouse1"));
        var changed = await shared.Site.NewBrowser().SubmitAsync(MailSite.LinkIn(letter), ("Password", Another));
        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        Assert.Equal("/forgot?sent=yes", form.Location);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/sign-in?changed=yes"), (refused.Status, changed.Location));
        Assert.Contains("/sign-in", (await bob.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
        Assert.Equal("/", (await SignInAsync(name, Another)).Location);
        Assert.Equal("Your password was changed", (await shared.ReadLetterAsync()).Subject);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(MailSite.LinkIn(letter))).Status);
    }

    [Fact]
    public async Task A_link_is_good_for_one_of_many_who_use_it_at_once()
    {
        var (name, _, _) = await shared.JoinAsync();
        var link = await shared.Site.NewResetLinkAsync(name);
        var forms = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => shared.Site.NewBrowser() is var b ? (Browser: b, Form: await b.GetAsync(link)) : default));

        var answers = await Task.WhenAll(forms.Select((f, n) => f.Browser.SubmitAsync(f.Form, link, ("Password", $"wolke {n} sieben"))));

        Assert.Single(answers, a => a.Location == "/sign-in?changed=yes");
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_link_from_a_letter_is_good_for_an_hour_and_one_from_an_administrator_for_a_day()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);
        await AskAsync(name);
        var (sent, made) = (await shared.ReadLinkAsync(), await shared.Site.NewResetLinkAsync(name));

        shared.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await shared.Ann.GetAsync(sent)).Status, (await shared.Ann.GetAsync(made)).Status));
        shared.Time.Advance(TimeSpan.FromHours(23));

        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync(made)).Status);
    }

    [Fact]
    public async Task Whoever_asks_for_a_new_password_learns_nothing_about_who_is_here()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);
        var (banned, bannedAddress, browser) = await shared.JoinAsync();
        await ConfirmAsync(browser, bannedAddress);
        await WriteAsync($"update people set standing = {Standing.Banned:D} where display_name = '{banned}'");

        var answers = new List<(HttpStatusCode, string?, string)>();
        foreach (var asked in new[] { "Nobody", "nobody@example.org", "Ann", banned, bannedAddress, "", name })
        {
            var answer = await AskAsync(asked);
            answers.Add((answer.Status, answer.Location, answer.Text));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(address, (await shared.ReadLetterAsync()).To.ToString());
        Assert.False(shared.HasMore);
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_by_asking_again_and_again()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);
        var (first, second) = (await NewKnownAsync(), await NewKnownAsync());

        foreach (var asked in new[] { name, name, address, first }) await AskAsync(asked);
        Assert.Equal([address, first], await ReadUntilAsync(first));
        shared.Time.Advance(TimeSpan.FromMinutes(3));
        foreach (var asked in new[] { name, address, second }) await AskAsync(asked);

        Assert.Equal([address, second], await ReadUntilAsync(second));
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_by_many_who_give_its_address_nor_do_they_choose_a_word_of_the_letter()
    {
        var victim = $"victim.{Guid.NewGuid():N}@example.org";
        var several = new List<Browser>();
        for (var i = 0; i < 3; i++) several.Add((await shared.JoinAsync()).Browser);
        await several[0].SubmitAsync("/account", ("Handle", "evil.example.com"));
        var forms = await Task.WhenAll(several.Select(s => s.GetAsync("/account/email")));

        var answers = await Task.WhenAll(several.Zip(forms, (s, f) => s.SubmitAsync(f, "/account/email", ("Address", victim), ("Password", ChatSite.Password))));

        Assert.Equal(2, answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity));
        var letter = await shared.ReadLetterAsync();
        Assert.DoesNotContain("evil.example.com", letter.TextBody + letter.HtmlBody, StringComparison.Ordinal);
        foreach (var person in several)
        {
            await person.SubmitAsync(await person.GetAsync("/account/email"), "/account/email?handler=Remove", ("Password", ChatSite.Password));
            var again = await person.SubmitAsync("/account/email", ("Address", victim.ToUpperInvariant()), ("Password", ChatSite.Password));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        }
        Assert.False(shared.HasMore);
    }

    [Fact]
    public async Task Whoever_had_a_link_made_for_them_is_told_by_mail_and_before_they_see_a_room()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await ConfirmAsync(bob, address);
        var id = Assert.Single(await CountAsync($"select id from people where display_name = '{name}'"));
        Assert.StartsWith("/rooms/", (await bob.GetAsync("/")).Location, StringComparison.Ordinal);

        await shared.Ann.SubmitAsync($"/admin/people/{id}", ("Deed", "MakeResetLink"));

        var letter = await shared.ReadLetterAsync();
        Assert.Equal((address, "A link for a new password was made"), (letter.To.ToString(), letter.Subject));
        var again = shared.Site.NewBrowser();
        await again.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password));
        Assert.Equal("/account/link-made", (await again.GetAsync("/")).Location);
        Assert.Contains("an administrator made a link", (await again.GetAsync("/account/link-made")).TextOf("main"), StringComparison.Ordinal);
        Assert.Equal("/", (await again.SubmitAsync("/account/link-made")).Location);
        Assert.StartsWith("/rooms/", (await again.GetAsync("/")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_does_not_hold_what_stands_in_a_link()
    {
        var (name, _, _) = await shared.JoinAsync();
        var token = (await shared.Site.NewResetLinkAsync(name))["/reset/".Length..];

        var hash = Assert.Single(await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync($"select token_hash from account_links l join people p on p.id = l.person_id where p.display_name = '{name}'", row => row.GetFieldValue<byte[]>(0), Ct));

        Assert.Equal((64, 32), (token.Length, hash.Length));
        Assert.NotEqual(Convert.FromHexString(token), hash);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync($"/reset/{Convert.ToHexStringLower(hash)}")).Status);
    }

    [Fact]
    public async Task A_link_for_one_thing_does_nothing_else()
    {
        var (name, address, bob) = await shared.JoinAsync();
        await bob.SubmitAsync("/account/email", ("Address", address), ("Password", ChatSite.Password));
        var confirm = await shared.ReadLinkAsync();
        var reset = await shared.Site.NewResetLinkAsync(name);

        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync(confirm.Replace("/confirm/", "/reset/", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync(reset.Replace("/reset/", "/confirm/", StringComparison.Ordinal))).Status);
    }

    async Task ConfirmAsync(Browser person, string address)
    {
        await person.SubmitAsync("/account/email", ("Address", address), ("Password", ChatSite.Password));
        Assert.Equal("/confirm/done", (await person.SubmitAsync(await shared.ReadLinkAsync())).Location);
        shared.Time.Advance(TimeSpan.FromMinutes(2));
    }

    /// <summary>The address of somebody else who can be sent a link: when it has come, everything that was asked for before has been answered.</summary>
    async Task<string> NewKnownAsync()
    {
        var (_, address, browser) = await shared.JoinAsync();
        await ConfirmAsync(browser, address);
        return address;
    }

    async Task<List<string>> ReadUntilAsync(string last)
    {
        var addresses = new List<string>();
        while (addresses.LastOrDefault() != last) addresses.Add((await shared.ReadLetterAsync()).To.ToString());
        return addresses;
    }

    Task<Answer> AskAsync(string name) => shared.Site.NewBrowser().SubmitAsync("/forgot", ("Name", name));

    Task<Answer> SignInAsync(string name, string password) => shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", password));

    Task<List<long>> CountAsync(string sql) => shared.Site.Services.GetRequiredService<SqlReader>().AllAsync(sql, row => row.GetInt64(0), Ct);

    Task<int> WriteAsync(string sql) => shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(session => session.Execute(sql), Ct);
}

public sealed class SqliteResetTests(MailSite shared) : ResetContract(shared), IClassFixture<MailSite>;

public sealed class PostgresResetTests(PostgresMailSite shared) : ResetContract(shared), IClassFixture<PostgresMailSite>;
