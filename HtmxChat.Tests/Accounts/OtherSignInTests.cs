using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>Signing in by another site.</summary>
public sealed class OtherSignInTests(OtherSite shared) : IClassFixture<OtherSite>
{
    readonly ChatSite site = shared.Site;
    readonly Browser ann = shared.Ann;

    [Fact]
    public async Task Whoever_has_the_invite_link_joins_under_the_name_and_handle_from_over_there_and_comes_back_without_it()
    {
        var carol = site.NewBrowser();
        var link = (await carol.GetAsync(await ann.InviteAsync())).Only("main a.button").GetAttribute("href")!;
        var back = await GoAsync(carol, link, ("sub", "c-1"), ("name", "Carol Shaw"), ("preferred_username", "carol@elsewhere.example"), ("email", "carol@elsewhere.example"), ("email_verified", true));
        Assert.Equal((HttpStatusCode.OK, "Carol Shaw"), (back.Page.Status, back.Page.Field("Name")));
        Assert.Empty(await PeopleAsync("display_name = 'Carol Shaw'"));

        var joined = await carol.SubmitAsync(back.Page, back.Path);

        Assert.Equal("/", joined.Location);
        Assert.Equal("Carol Shaw", (await carol.GetAsync("/rooms/1")).TextOf("#rooms .me [dir]"));
        Assert.Equal([("carol", "carol@elsewhere.example")], await PeopleAsync("display_name = 'Carol Shaw'"));
        var again = site.NewBrowser();
        var signIn = (await again.GetAsync("/sign-in?returnUrl=/rooms/1")).Only("main a.button").GetAttribute("href")!;
        Assert.Equal("/rooms/1", (await GoAsync(again, signIn, ("sub", "c-1"))).Page.Location);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task Whoever_was_not_invited_is_told_so_and_nothing_is_made()
    {
        var stranger = site.NewBrowser();

        var back = await GoAsync(stranger, "/sign-in/other", ("sub", "s-1"), ("name", "Stranger"));
        var wrong = await GoAsync(stranger, "/sign-in/other?invite=nothing", ("sub", "s-1"), ("name", "Stranger"));
        var forced = await stranger.SubmitAsync(await stranger.GetAsync(await ann.InviteAsync()), "/sign-in/other/back?handler=Join", ("Name", "Stranger"));

        Assert.Equal((HttpStatusCode.Forbidden, "You are not invited yet"), (back.Page.Status, back.Page.TextOf("h1")));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Page.Status);
        Assert.Empty(await PeopleAsync("display_name = 'Stranger'"));
        Assert.Equal(HttpStatusCode.NotFound, forced.Status);
        Assert.Contains("/sign-in", (await stranger.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_site_is_open_no_invite_is_needed_and_where_it_is_closed_nobody_joins_and_is_told_so()
    {
        await using var own = await ChatSite.StartEmptyAsync(shared.Provider.Settings);
        var hers = await own.SetUpByAnnAsync();
        await hers.SubmitAsync("/admin/settings", ("Joining", "Open"), ("Style", "body { display: none }"));
        var (first, late) = (own.NewBrowser(), own.NewBrowser());
        var (back, waiting) = (await GoAsync(first, "/sign-in/other", ("sub", "o-1"), ("name", "Olli")), await GoAsync(late, "/sign-in/other", ("sub", "o-2"), ("name", "Late")));

        Assert.Equal("/", (await first.SubmitAsync(back.Page, back.Path)).Location);
        Assert.Empty(back.Page.Page.QuerySelectorAll("link[href^='/site.css']"));
        Assert.Single((await first.GetAsync("/rooms/new")).HasStatus(HttpStatusCode.OK).Page.QuerySelectorAll("link[href^='/site.css']"));
        Assert.Contains("Olli joined: without an invite", (await hers.GetAsync("/admin/audit")).TextOf(".rows"), StringComparison.Ordinal);
        var invite = (await hers.InviteAsync())["/join/".Length..];
        await hers.SubmitAsync("/admin/settings", ("Joining", "Closed"));

        Assert.Equal(HttpStatusCode.NotFound, (await late.SubmitAsync(waiting.Page, waiting.Path)).Status);
        var refused = await GoAsync(own.NewBrowser(), $"/sign-in/other?invite={invite}", ("sub", "o-3"), ("name", "Later"));
        Assert.Equal((HttpStatusCode.Forbidden, "Nobody can join just now"), (refused.Page.Status, refused.Page.TextOf("h1")));
        Assert.Equal("/", (await GoAsync(own.NewBrowser(), "/sign-in/other", ("sub", "o-1"))).Page.Location);
        Assert.Equal([2L], await own.CountAsync("people"));
    }

    [Fact]
    public async Task Whoever_finds_an_old_session_without_a_password_sets_none_and_gives_no_address_unless_they_sign_in_again()
    {
        var browser = site.NewBrowser();
        var back = await GoAsync(browser, await InvitedAsync(), ("sub", "p-1"), ("name", "Pia"));
        await browser.SubmitAsync(back.Page, back.Path);
        await WriteAsync($"update sessions set created_at_ms = created_at_ms - {Proof.RecentSignIn.TotalMilliseconds + 1} where person_id = (select id from people where user_name = 'pia')");
        var phone = site.NewBrowser();
        var link = new Uri((await browser.SubmitAsync("/account/phone")).Only("#link").GetAttribute("value")!).AbsolutePath;
        Assert.Equal("/", (await phone.SubmitAsync(link)).Location);

        foreach (var old in new[] { browser, phone })
        {
            var refused = await old.SubmitAsync("/account/password", ("New", "wolke sieben"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("sign out, sign in again", refused.TextOf("#current-problem"), StringComparison.Ordinal);
            var stay = await old.SubmitAsync("/account/stay", ("Password", "wolke sieben"));
            Assert.Contains("sign out, sign in again", stay.TextOf("#proof-problem"), StringComparison.Ordinal);
        }

        var again = site.NewBrowser();
        await GoAsync(again, "/sign-in/other", ("sub", "p-1"));
        Assert.Equal("/account/password?changed=yes", (await again.SubmitAsync("/account/password", ("New", "wolke sieben"))).Location);
    }

    [Fact]
    public async Task Two_who_are_called_alike_over_there_have_different_handles_here()
    {
        foreach (var subject in new[] { "d-1", "d-2", "d-3" })
        {
            var browser = site.NewBrowser();
            var back = await GoAsync(browser, await InvitedAsync(), ("sub", subject), ("name", "Dana"), ("preferred_username", "Ann"));
            Assert.Equal("/", (await browser.SubmitAsync(back.Page, back.Path)).Location);
        }

        Assert.Equal(["ann-2", "ann-3", "ann-4"], (await PeopleAsync("display_name = 'Dana'")).Select(p => p.Handle).Order());
    }

    [Fact]
    public async Task An_account_that_has_the_same_address_is_not_taken_over()
    {
        var bob = await site.JoinAsync(ann, "Bob");
        await WriteAsync("update people set email = 'bob@example.org', normalized_email = 'BOB@EXAMPLE.ORG', email_confirmed = true where user_name = 'bob'");
        var other = site.NewBrowser();

        var back = await GoAsync(other, await InvitedAsync(), ("sub", "b-1"), ("name", "Bob"), ("email", "Bob@example.org"), ("email_verified", true));
        var forced = await other.SubmitAsync(await other.GetAsync(await ann.InviteAsync()), "/sign-in/other/back?handler=Join", ("Name", "Bob"));

        Assert.Equal((HttpStatusCode.OK, "You have an account here"), (back.Page.Status, back.Page.TextOf("h1")));
        Assert.Equal(HttpStatusCode.NotFound, forced.Status);
        Assert.Contains("/sign-in", (await other.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
        Assert.Empty(await LinkedAsync("b-1"));
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task An_address_that_the_other_site_has_not_verified_is_worth_nothing()
    {
        var browser = site.NewBrowser();
        var back = await GoAsync(browser, await InvitedAsync(), ("sub", "e-1"), ("name", "Eve"), ("email", "ann@example.org"), ("email_verified", false));

        await browser.SubmitAsync(back.Page, back.Path);

        Assert.Equal([("eve", null)], await PeopleAsync("display_name = 'Eve'"));
    }

    [Fact]
    public async Task Who_is_signed_in_links_the_two_accounts_by_a_form_and_by_nothing_less_and_takes_the_link_apart()
    {
        var bob = await site.JoinAsync(ann, "Robert");
        var back = await GoAsync(bob, (await bob.GetAsync("/account/other")).Only("main a.button").GetAttribute("href")!, ("sub", "k-1"), ("name", "Bob over there"));
        Assert.Empty(await LinkedAsync("k-1"));

        var linked = await bob.SubmitAsync(back.Page, back.Path, ("Proof", ChatSite.Password));

        Assert.Equal("/account/other", linked.Location);
        Assert.Contains("Bob over there", (await bob.GetAsync("/account/other")).TextOf("main"), StringComparison.Ordinal);
        var elsewhere = site.NewBrowser();
        Assert.Equal("/", (await GoAsync(elsewhere, "/sign-in/other", ("sub", "k-1"))).Page.Location);
        Assert.Equal("Robert", (await elsewhere.GetAsync("/rooms/1")).TextOf("#rooms .me [dir]"));

        var taken = await GoAsync(ann, "/sign-in/other", ("sub", "k-1"));
        Assert.Equal("This account is linked already", taken.Page.TextOf("h1"));

        Assert.Equal("/account/other", (await bob.SubmitAsync("/account/other", ("Proof", ChatSite.Password))).Location);
        var audit = (await ann.GetAsync("/admin/audit?person=robert")).TextOf(".rows");
        Assert.Contains("Robert linked the account with the one at another site", audit, StringComparison.Ordinal);
        Assert.Contains("Robert took the link with another site apart", audit, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await GoAsync(site.NewBrowser(), "/sign-in/other", ("sub", "k-1"), ("name", "Bob"))).Page.Status);
    }

    [Fact]
    public async Task One_account_over_there_is_enough_and_another_site_that_calls_somebody_alike_is_another_site()
    {
        var lina = await site.JoinAsync(ann, "Lina");
        var back = await GoAsync(lina, "/sign-in/other", ("sub", "l-1"), ("name", "Lina over there"));
        await lina.SubmitAsync(back.Page, back.Path, ("Proof", ChatSite.Password));

        var second = await GoAsync(lina, "/sign-in/other", ("sub", "l-2"), ("name", "Somebody else"));
        Assert.Equal("Another account is linked already", second.Page.TextOf("h1"));
        Assert.Empty(await LinkedAsync("l-2"));
        Assert.Equal("/", (await GoAsync(site.NewBrowser(), "/sign-in/other", ("sub", "l-1"))).Page.Location);

        await WriteAsync("update asp_net_user_logins set provider_key = 'https://elsewhere.example l-1' where provider_key like '% l-1'");
        Assert.Equal(HttpStatusCode.Forbidden, (await GoAsync(site.NewBrowser(), "/sign-in/other", ("sub", "l-1"), ("name", "Lina"))).Page.Status);
    }

    [Fact]
    public async Task Whoever_could_not_sign_in_without_the_link_keeps_it()
    {
        var browser = site.NewBrowser();
        var back = await GoAsync(browser, await InvitedAsync(), ("sub", "f-1"), ("name", "Fay"));
        await browser.SubmitAsync(back.Page, back.Path);

        var kept = await browser.SubmitAsync("/account/other");
        Assert.Equal("/account/password?changed=yes", (await browser.SubmitAsync("/account/password", ("New", "wolke sieben"))).Location);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, kept.Status);
        Assert.Equal("/account/other", (await browser.SubmitAsync("/account/other", ("Proof", "wolke sieben"))).Location);
    }

    [Fact]
    public async Task Whoever_finds_the_browser_open_neither_links_an_account_nor_takes_the_link_apart()
    {
        var bob = await site.JoinAsync(ann, "Rob");
        foreach (var typed in new[] { "", "not the password" })
        {
            var back = await GoAsync(bob, "/sign-in/other", ("sub", "x-1"), ("name", "Somebody else"));
            var refused = await bob.SubmitAsync(back.Page, back.Path, ("Proof", typed));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "That is not your password."), (refused.Status, refused.TextOf("#proof-problem")));
        }
        Assert.Empty(await LinkedAsync("x-1"));
        var mine = await GoAsync(bob, "/sign-in/other", ("sub", "x-2"), ("name", "Rob over there"));
        Assert.Equal("/account/other", (await bob.SubmitAsync(mine.Page, mine.Path, ("Proof", ChatSite.Password))).Location);

        var kept = await bob.SubmitAsync("/account/other", ("Proof", "not the password"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "That is not your password."), (kept.Status, kept.TextOf("#proof-problem")));
        Assert.Single(await LinkedAsync("x-2"));
    }

    [Fact]
    public async Task Whoever_comes_back_as_somebody_else_than_they_left_links_nothing()
    {
        var browser = await site.JoinAsync(ann, "Gus");
        var leaving = await browser.GetAsync("/sign-in/other");
        await browser.SignOutAsync();
        await browser.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password));

        var back = await ComeBackAsync(browser, leaving, ("sub", "g-1"), ("name", "Gus"));

        Assert.Equal("/sign-in", back.Page.Location);
        Assert.Empty(await LinkedAsync("g-1"));
    }

    [Fact]
    public async Task Somebody_who_was_thrown_out_does_not_come_in_this_way()
    {
        var browser = site.NewBrowser();
        var back = await GoAsync(browser, await InvitedAsync(), ("sub", "h-1"), ("name", "Hal"));
        await browser.SubmitAsync(back.Page, back.Path);
        await WriteAsync($"update people set standing = {Standing.Banned:D} where user_name = 'hal'");

        var again = await GoAsync(site.NewBrowser(), "/sign-in/other", ("sub", "h-1"));

        Assert.Equal((HttpStatusCode.Forbidden, "You cannot sign in"), (again.Page.Status, again.Page.TextOf("h1")));
    }

    [Fact]
    public async Task Whoever_types_wrong_passwords_at_the_door_keeps_nobody_out_who_comes_by_the_other_site()
    {
        foreach (var hasPassword in new[] { false, true })
        {
            var (subject, name) = hasPassword ? ("w-2", "Willa") : ("w-1", "Wim");
            var browser = site.NewBrowser();
            var back = await GoAsync(browser, await InvitedAsync(), ("sub", subject), ("name", name));
            Assert.Equal("/", (await browser.SubmitAsync(back.Page, back.Path)).Location);
            if (hasPassword) Assert.Equal("/account/password?changed=yes", (await browser.SubmitAsync("/account/password", ("New", "wolke sieben"))).Location);

            for (var i = 0; i < 11; i++) await site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", $"wrong guess {i}"));

            Assert.Equal("/", (await GoAsync(site.NewBrowser(), "/sign-in/other", ("sub", subject))).Page.Location);
        }
    }

    [Fact]
    public async Task What_comes_back_to_another_browser_or_with_a_token_that_is_not_right_signs_nobody_in()
    {
        var victim = site.NewBrowser();
        var callback = await IdentityProvider.SignInAsync((await site.NewBrowser().GetAsync("/sign-in/other")).Location!, ("sub", "attacker"));
        Assert.Equal("/sign-in?other=failed", (await victim.GetAsync(callback)).Location);
        Assert.Contains("You were not signed in with Elsewhere", (await victim.GetAsync("/sign-in?other=failed")).TextOf("main"), StringComparison.Ordinal);

        shared.Provider.IsForged = true;
        Assert.Equal("/sign-in?other=failed", await CallbackAsync());
        (shared.Provider.IsForged, shared.Provider.HasWrongNonce) = (false, true);
        Assert.Equal("/sign-in?other=failed", await CallbackAsync());
        shared.Provider.HasWrongNonce = false;
        Assert.StartsWith("/sign-in/other/back", await CallbackAsync(), StringComparison.Ordinal);

        async Task<string?> CallbackAsync()
        {
            var browser = site.NewBrowser();
            return (await browser.GetAsync(await IdentityProvider.SignInAsync((await browser.GetAsync("/sign-in/other")).Location!, ("sub", "i-1")))).Location;
        }
    }

    [Fact]
    public async Task While_the_other_site_is_away_people_are_told_and_sign_in_here()
    {
        var provider = await IdentityProvider.StartAsync();
        await using var alone = await ChatSite.StartEmptyAsync(provider.Settings);
        await alone.SetUpByAnnAsync();
        await provider.DisposeAsync();
        var browser = alone.NewBrowser();

        Assert.Equal("/sign-in?other=failed", (await browser.GetAsync("/sign-in/other")).Location);
        Assert.Equal("/", (await browser.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task Afterwards_nobody_is_led_to_another_site()
    {
        var browser = site.NewBrowser();
        var back = await GoAsync(browser, await InvitedAsync(), ("sub", "j-1"), ("name", "Jo"));
        await browser.SubmitAsync(back.Page, back.Path);

        Assert.Equal("/", (await GoAsync(site.NewBrowser(), "/sign-in/other?returnUrl=https://evil.example/", ("sub", "j-1"))).Page.Location);
    }

    [Fact]
    public async Task What_somebody_is_called_over_there_is_text_here()
    {
        const string Name = "\"><script>alert(1)</script><b hx-get=/x hx-trigger=load>&lt;i&gt;";
        (string, object)[] hostile = [("sub", "\"><i>"), ("name", Name), ("preferred_username", Name), ("email", "\"<b>\"@elsewhere.example"), ("email_verified", true)];
        var (plain, harmless) = (await GoAsync(site.NewBrowser(), await InvitedAsync(), ("sub", "t-1"), ("name", "Tim")), site.NewBrowser());

        var joining = await GoAsync(harmless, await InvitedAsync(), hostile);
        var typed = await harmless.SubmitAsync(joining.Page, joining.Path, ("Name", Name));
        var bob = await site.JoinAsync(ann, "Tom");
        var linking = await GoAsync(bob, "/sign-in/other", hostile);
        await bob.SubmitAsync(linking.Page, linking.Path, ("Proof", ChatSite.Password));

        Assert.Equal(Elements(plain.Page), Elements(joining.Page));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, Name), (typed.Status, typed.Field("Name")));
        Assert.Equal(Name, linking.Page.TextOf("p b:first-child"));
        Assert.Equal(Name, (await bob.GetAsync("/account/other")).TextOf("p b"));
        foreach (var answer in new[] { joining.Page, typed, linking.Page, await bob.GetAsync("/account/other"), await bob.GetAsync("/rooms/1/members") })
            Assert.Empty(answer.Page.QuerySelectorAll("main script, main i, main [hx-get='/x']"));

        static List<string> Elements(Answer answer) => [.. answer.Page.QuerySelectorAll("main *").Select(e => $"{e.LocalName} {string.Join(' ', e.Attributes.Select(a => a.Name).Order())}").Distinct().Order()];
    }

    [Theory]
    [InlineData("SignIn:Authority", "http://elsewhere.example")]
    [InlineData("SignIn:ClientSecret", "")]
    public void A_setting_that_cannot_be_right_is_named(string setting, string value)
    {
        var settings = shared.Provider.Settings.ToDictionary(s => s.Key, s => (string?)s.Value);
        settings[setting] = value;

        Assert.Contains(setting, Assert.Throws<InvalidOperationException>(() => OtherSignIn.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).Message, StringComparison.Ordinal);
    }

    async Task<string> InvitedAsync() => $"/sign-in/other?invite={(await ann.InviteAsync())["/join/".Length..]}";

    /// <summary>Goes to the other site by a link, signs in there, and comes back.</summary>
    static async Task<(Answer Page, string Path)> GoAsync(Browser browser, string link, params (string Name, object Value)[] person) => await ComeBackAsync(browser, await browser.GetAsync(link), person);

    static async Task<(Answer Page, string Path)> ComeBackAsync(Browser browser, Answer leaving, params (string Name, object Value)[] person)
    {
        var callback = await browser.GetAsync(await IdentityProvider.SignInAsync(leaving.Location!, person));
        Assert.StartsWith("/sign-in/other/back", callback.Location, StringComparison.Ordinal);
        return (await browser.GetAsync(callback.Location!), callback.Location!);
    }

    Task<List<(string Handle, string? Address)>> PeopleAsync(string where) =>
        site.Services.GetRequiredService<SqlReader>().AllAsync($"select user_name, email from people where {where}", row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), Ct);

    Task<int> WriteAsync(string sql) => site.Services.GetRequiredService<GroupCommit>().WriteAsync(session => session.Execute(sql), Ct);

    Task<List<long>> LinkedAsync(string subject) =>
        site.Services.GetRequiredService<SqlReader>().AllAsync("select user_id from asp_net_user_logins where provider_key like '% ' || @subject", row => row.GetInt64(0), Ct, ("@subject", subject));
}
