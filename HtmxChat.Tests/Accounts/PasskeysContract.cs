using System.Net;
using System.Text.Json;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>Passkeys from being made to being removed, on both databases.</summary>
public abstract class PasskeysContract(SharedSite shared)
{
    static int people;

    [Fact]
    public async Task A_passkey_signs_in_without_a_name_or_a_password_and_shows_when_it_was_used()
    {
        var (browser, passkey, _) = await NewAsync("My phone ✓");
        Assert.Contains("never used", (await browser.GetAsync("/account/passkeys")).TextOf(".entries small"), StringComparison.Ordinal);
        using var elsewhere = shared.Site.NewBrowser();

        var answer = await SignInAsync(elsewhere, passkey);

        Assert.Equal("/rooms/1", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/rooms/1")).Status);
        var page = await elsewhere.GetAsync("/account/passkeys");
        Assert.Equal("My phone ✓", page.Field("NewName"));
        Assert.Contains("last used on", page.TextOf(".entries small"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_for_no_code_because_it_is_two_steps_itself()
    {
        var (_, passkey, person) = await NewAsync();
        var twoStep = shared.Site.Services.GetRequiredService<TwoStep>();
        await twoStep.BeginAsync(person, Ct);
        await twoStep.SwitchOnAsync(person, AuthenticatorCode.At((await twoStep.FindAsync(person, Ct)).Secret!, DateTimeOffset.UtcNow), Ct);
        using var elsewhere = shared.Site.NewBrowser();

        Assert.Equal("/rooms/1", (await SignInAsync(elsewhere, passkey)).Location);
    }

    [Fact]
    public async Task Neither_a_removed_one_nor_a_copy_nor_one_from_another_site_nor_an_old_answer_signs_in()
    {
        var (browser, passkey, _) = await NewAsync();
        using var elsewhere = shared.Site.NewBrowser();
        var options = await AskAsync(elsewhere);
        var old = passkey.Use(options, elsewhere.OwnOrigin);
        Assert.Equal("/rooms/1", (await SendAsync(elsewhere, old)).Location);

        foreach (var wrong in new[]
        {
            await SendAsync(await StrangerAsync(), old),
            await SendAsync(shared.Site.NewBrowser(), old),
            await SignInAsync(shared.Site.NewBrowser(), passkey, signedFor: "https://evil.example"),
            await SendAsync(await StrangerAsync(), "{}"),
            await SendAsync(await StrangerAsync(), ""),
        }) AssertRefused(wrong);

        var fromAnotherSite = await SignInAsync(shared.Site.NewBrowser(), passkey, signedFor: "https://evil.example", origin: "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, fromAnotherSite.Status);

        passkey.Uses = 1; // less than it has been used
        AssertRefused(await SignInAsync(shared.Site.NewBrowser(), passkey));
        passkey.Uses = 100;
        Assert.Equal("/rooms/1", (await SignInAsync(shared.Site.NewBrowser(), passkey)).Location);
        await RemoveAsync(browser);
        AssertRefused(await SignInAsync(shared.Site.NewBrowser(), passkey));
    }

    [Fact]
    public async Task Whoever_is_signed_in_stays_who_they_are()
    {
        var (_, passkey, _) = await NewAsync();
        using var bob = await shared.Site.SignInAsync("Bob");
        var form = await bob.GetAsync("/account/phone");
        var options = Read(await PostAsync(bob, form, "/sign-in/passkey?handler=Options", []));

        var answer = await PostAsync(bob, form, "/sign-in/passkey?returnUrl=/rooms/1", [("Credential", passkey.Use(options, bob.OwnOrigin))]);

        Assert.Equal("/rooms/1", answer.Location);
        Assert.Contains("Bob", (await bob.GetAsync("/rooms/1")).TextOf("#rooms .me"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_was_only_touched_is_not_enough()
    {
        using var touched = new SoftPasskey { Unlocks = false };
        var (browser, _) = await JoinAsync();

        var refused = await AddAsync(browser, touched, "Key");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Empty((await browser.GetAsync("/account/passkeys")).Page.QuerySelectorAll(".entries li"));
    }

    [Theory]
    [InlineData(Standing.Banned)]
    [InlineData(Standing.Deactivated)]
    public async Task Whoever_was_let_go_does_not_come_in_by_passkey_either(Standing standing)
    {
        var (_, passkey, person) = await NewAsync();
        await WriteAsync($"update people set standing = {standing:D} where id = {person}");

        AssertRefused(await SignInAsync(shared.Site.NewBrowser(), passkey));
    }

    [Fact]
    public async Task Adding_one_takes_the_password_and_what_one_person_was_offered_is_good_for_nobody_else()
    {
        using var passkey = new SoftPasskey();
        var (browser, _) = await JoinAsync();
        var form = await browser.GetAsync("/account/passkeys");
        foreach (var password in new[] { "", "not the password" })
        {
            var refused = await PostAsync(browser, form, "/account/passkeys?handler=Options", [("Name", "Key"), ("Proof", password)]);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "That is not your password."), (refused.Status, refused.TextOf("#proof-problem")));
        }
        AssertNotAdded(await PostAsync(browser, form, "/account/passkeys", [("Name", "Key"), ("Credential", "{}")]));

        var (bob, _) = await JoinAsync();
        var bobsForm = await bob.GetAsync("/account/passkeys");
        var hers = await PostAsync(browser, form, "/account/passkeys?handler=Options", [("Name", "Key"), ("Proof", ChatSite.Password)]);
        var atHerComputer = shared.Site.NewBrowser();
        var cookies = $"chat={bob.Cookie("chat")}; form={bob.Cookie("form")}; step={browser.Cookie("step")}";
        AssertNotAdded(await PostAsync(atHerComputer, bobsForm, "/account/passkeys", [("Name", "Key"), ("Credential", passkey.Make(Read(hers), bob.OwnOrigin))], cookies: cookies));
        Assert.Equal("/account/passkeys", (await PostAsync(browser, form, "/account/passkeys", [("Name", "Key"), ("Credential", passkey.Make(Read(hers), browser.OwnOrigin))])).Location);
    }

    [Fact]
    public async Task One_passkey_is_one_persons_once()
    {
        var (browser, passkey, _) = await NewAsync();
        AssertNotAdded(await AddAsync(browser, passkey, "Again"));
        var (bob, _) = await JoinAsync();

        AssertNotAdded(await AddAsync(bob, passkey, "Mine now"));

        Assert.Equal("Key", (await browser.GetAsync("/account/passkeys")).Field("NewName"));
    }

    [Fact]
    public async Task It_can_be_renamed_and_removed_by_its_person_and_nobody_else()
    {
        var (browser, _, person) = await NewAsync();
        var id = Assert.Single(await shared.Site.Services.GetRequiredService<Passkeys>().ListAsync(person, Ct)).Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (bob, _) = await JoinAsync();
        var form = await bob.GetAsync("/account/passkeys");

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(bob, form, "/account/passkeys?handler=Rename", [("Id", id), ("NewName", "Bob's")])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(bob, form, "/account/passkeys?handler=Remove", [("Id", id)])).Status);
        Assert.Equal("/account/passkeys", (await browser.SubmitAsync(await browser.GetAsync("/account/passkeys"), "/account/passkeys?handler=Rename", ("NewName", "Old phone"))).Location);
        Assert.Equal("Old phone", (await browser.GetAsync("/account/passkeys")).Field("NewName"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync(await browser.GetAsync("/account/passkeys"), "/account/passkeys?handler=Rename", ("NewName", " "))).Status);

        Assert.Equal("/account/passkeys", (await RemoveAsync(browser)).Location);
        foreach (var kind in new[] { AuditKind.PasskeyAdded, AuditKind.PasskeyRemoved })
            Assert.Contains((await shared.Site.Services.GetRequiredService<AuditTrail>().BeforeAsync(null, kind, handle: null, Ct)).Entries, e => e.By!.Id == person.Value);
        Assert.Empty((await browser.GetAsync("/account/passkeys")).Page.QuerySelectorAll(".entries li"));
    }

    [Fact]
    public async Task Whoever_finds_the_browser_open_removes_none()
    {
        var (browser, passkey, person) = await NewAsync();
        var question = (await browser.GetAsync("/account/passkeys")).Only(".entries a.button").GetAttribute("href")!;
        foreach (var typed in new[] { "", "not the password" })
        {
            var refused = await browser.SubmitAsync(await browser.GetAsync(question), "/account/passkeys?handler=Remove", ("Proof", typed));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "That is not your password."), (refused.Status, refused.TextOf("#proof-problem")));
        }
        Assert.Equal("/rooms/1", (await SignInAsync(shared.Site.NewBrowser(), passkey)).Location);

        await WriteAsync($"update people set password_hash = null where id = {person}");
        await WriteAsync($"update sessions set created_at_ms = created_at_ms - {Proof.RecentSignIn.TotalMilliseconds + 1} where person_id = {person}");
        var old = await browser.SubmitAsync(await browser.GetAsync(question), "/account/passkeys?handler=Remove");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, old.Status);
        Assert.Contains("sign out, sign in again", old.TextOf("#proof-problem"), StringComparison.Ordinal);
        Assert.Equal("/rooms/1", (await SignInAsync(shared.Site.NewBrowser(), passkey)).Location);
    }

    [Fact]
    public async Task The_last_way_of_getting_in_is_not_removed_however_many_remove_at_once()
    {
        var (browser, _, person) = await NewAsync();
        var passkeys = shared.Site.Services.GetRequiredService<Passkeys>();
        await AddAllAsync(passkeys, person);
        await WriteAsync($"update people set password_hash = null where id = {person}");
        await using var other = await StartOtherNodeAsync();
        var there = other?.Services.GetRequiredService<Passkeys>() ?? passkeys;
        var all = await passkeys.ListAsync(person, Ct);
        Assert.Equal(Passkeys.Max, all.Count);

        var removals = await Task.WhenAll(all.Select((p, i) => Task.Run(() => (i % 2 == 0 ? passkeys : there).RemoveAsync(person, p.Id, Ct))));

        Assert.Single(removals, PasskeyRemoval.LastWayIn);
        Assert.Equal(Passkeys.Max - 1, removals.Count(r => r == PasskeyRemoval.Removed));
        Assert.Contains("could not sign in any more", (await RemoveAsync(browser)).TextOf(".validation-summary-errors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_an_end_to_how_many_one_may_have()
    {
        var (browser, _, person) = await NewAsync();
        await AddAllAsync(shared.Site.Services.GetRequiredService<Passkeys>(), person);
        using var oneMore = new SoftPasskey();

        AssertNotAdded(await AddAsync(browser, oneMore, "One more"));
    }

    /// <summary>One more node on the same database; null where there cannot be one.</summary>
    protected virtual Task<ChatSite?> StartOtherNodeAsync() => Task.FromResult<ChatSite?>(null);

    async Task<(Browser Browser, SoftPasskey Passkey, PersonId Person)> NewAsync(string name = "Key")
    {
        var (browser, person) = await JoinAsync();
        var passkey = new SoftPasskey();
        Assert.Equal("/account/passkeys", (await AddAsync(browser, passkey, name)).Location);
        return (browser, passkey, person);
    }

    async Task<(Browser Browser, PersonId Person)> JoinAsync()
    {
        var name = $"Passkey owner {Interlocked.Increment(ref people)}";
        var browser = await shared.Site.JoinAsync(shared.Ann, name);
        var id = await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select id from people where display_name = @name", row => row.GetInt64(0), Ct, ("@name", name));
        return (browser, new PersonId(Assert.Single(id)));
    }

    static async Task<Answer> AddAsync(Browser browser, SoftPasskey passkey, string name)
    {
        var form = await browser.GetAsync("/account/passkeys");
        var options = await PostAsync(browser, form, "/account/passkeys?handler=Options", [("Name", name), ("Proof", ChatSite.Password)]);
        Assert.Equal(HttpStatusCode.OK, options.Status);
        return await PostAsync(browser, form, "/account/passkeys", [("Name", name), ("Credential", passkey.Make(Read(options), browser.OwnOrigin))]);
    }

    /// <summary>As many as somebody with one can still have, with nothing behind them.</summary>
    static async Task AddAllAsync(Passkeys passkeys, PersonId person)
    {
        for (var i = 1; i < Passkeys.Max; i++)
        {
            var made = new UserPasskeyInfo(Guid.NewGuid().ToByteArray(), [], DateTimeOffset.UtcNow, 0, null, true, false, false, [], []);
            Assert.True(await passkeys.AddAsync(person, made, PasskeyName.Parse("More", out _)!, Ct));
        }
    }

    static async Task<Answer> RemoveAsync(Browser browser)
    {
        var page = await browser.GetAsync("/account/passkeys");
        return await PostAsync(browser, page, "/account/passkeys?handler=Remove", [("Id", page.Page.QuerySelector(".entries [name=Id]")!.GetAttribute("value")!), ("Proof", ChatSite.Password)]);
    }

    static async Task<Answer> SignInAsync(Browser browser, SoftPasskey passkey, string? signedFor = null, string? origin = null)
    {
        var options = await AskAsync(browser);
        return await SendAsync(browser, passkey.Use(options, signedFor ?? browser.OwnOrigin), origin);
    }

    /// <summary>A browser that was given a question of its own.</summary>
    async Task<Browser> StrangerAsync()
    {
        var browser = shared.Site.NewBrowser();
        await AskAsync(browser);
        return browser;
    }

    static async Task<JsonElement> AskAsync(Browser browser) =>
        Read(await PostAsync(browser, await browser.GetAsync("/sign-in"), "/sign-in/passkey?handler=Options", []));

    static async Task<Answer> SendAsync(Browser browser, string credential, string? origin = null) =>
        await PostAsync(browser, await browser.GetAsync("/sign-in/passkey?returnUrl=/rooms/1"), "/sign-in/passkey?returnUrl=/rooms/1", [("Credential", credential)], origin);

    // As the script does: with the form's token, and from the site's own page.
    static Task<Answer> PostAsync(Browser browser, Answer page, string path, (string Name, string Value)[] fields, string? origin = null, string? cookies = null)
    {
        var token = page.Page.QuerySelector("[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        var content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return browser.SendAsync(HttpMethod.Post, path, content, [("Origin", origin ?? browser.OwnOrigin), .. cookies is null ? Array.Empty<(string, string)>() : [("Cookie", cookies)]]);
    }

    static void AssertRefused(Answer answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("That passkey signs nobody in here. Try another, or your password.", answer.TextOf(".validation-summary-errors"));
    }

    static void AssertNotAdded(Answer answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotEmpty(answer.TextOf(".validation-summary-errors"));
    }

    Task<int> WriteAsync(string sql) => shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(session => session.Execute(sql), Ct);

    static JsonElement Read(Answer answer) => JsonDocument.Parse(answer.Text).RootElement;
}

public sealed class SqlitePasskeysTests(SharedSite shared) : PasskeysContract(shared);

public sealed class PostgresPasskeysTests(PostgresSite shared) : PasskeysContract(shared), IClassFixture<PostgresSite>
{
    protected override async Task<ChatSite?> StartOtherNodeAsync() => await shared.StartOtherNodeAsync();
}
