using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>Links that sign a phone in, on both databases.</summary>
public abstract class PhoneLinksContract(SharedSite shared)
{
    const int AtOnce = 12;

    static int people;

    [Fact]
    public async Task Of_many_phones_that_press_the_button_at_once_one_is_signed_in()
    {
        var (_, path) = await NewAsync();
        await using var other = await StartOtherNodeAsync();
        var phones = Enumerable.Range(0, AtOnce).Select(i => (i % 2 == 0 ? shared.Site : other ?? shared.Site).NewBrowser()).ToList();
        var forms = await Task.WhenAll(phones.Select(p => p.GetAsync(path)));

        var answers = await Task.WhenAll(phones.Zip(forms, (phone, form) => phone.SubmitAsync(form, path)));

        Assert.Single(answers, a => a.Location == "/");
        Assert.Equal(AtOnce - 1, answers.Count(a => a.Status == HttpStatusCode.NotFound));
        phones.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task Opening_the_link_uses_nothing_up_and_says_who_one_will_be()
    {
        var (browser, path) = await NewAsync();
        using var phone = shared.Site.NewBrowser();

        for (var i = 0; i < 3; i++) Assert.StartsWith("Sign in as Phone owner ", (await phone.GetAsync(path)).TextOf("h1"), StringComparison.Ordinal);

        Assert.Contains("Waiting", (await browser.GetAsync("/account/phone")).TextOf("#phone-link"), StringComparison.Ordinal);
        Assert.Equal("/", (await phone.SubmitAsync(path)).Location);
        Assert.StartsWith("Done.", (await browser.GetAsync("/account/phone")).TextOf("#phone-link"), StringComparison.Ordinal);
        Assert.NotEqual(browser.Cookie("chat"), phone.Cookie("chat"));
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task A_browser_that_is_signed_in_already_is_told_so_and_keeps_its_session_and_the_link_stays_good()
    {
        var (browser, path) = await NewAsync();
        var bob = await shared.Site.SignInAsync("Bob");

        Assert.Equal("You are signed in already", (await browser.GetAsync(path)).TextOf("h1"));
        var page = await bob.GetAsync(path);
        Assert.Equal("Somebody else is signed in here", page.TextOf("h1"));
        Assert.Equal(path, (await bob.SubmitAsync(await bob.GetAsync("/sign-out"), path)).Location);
        Assert.Contains("Bob", (await bob.GetAsync("/rooms/1")).TextOf("#rooms .me"), StringComparison.Ordinal);

        Assert.Equal(path, (await bob.SubmitAsync(page, $"{path}?handler=SignOut")).Location);
        Assert.Equal("/", (await bob.SubmitAsync(path)).Location);
        Assert.Contains("Phone owner", (await bob.GetAsync("/rooms/1")).TextOf("#rooms .me"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_ends_with_the_session_that_made_it_with_all_other_sessions_and_with_the_next_link()
    {
        var (signedOut, first) = await NewAsync();
        await signedOut.SignOutAsync();
        var (stays, second) = await NewAsync();
        await EndOthersAsync(stays);
        var (again, third) = await NewAsync();
        var fourth = await LinkAsync(again);
        using var phone = shared.Site.NewBrowser();

        var nothing = await phone.GetAsync("/phone/abcdefghjkmnpqrstuvwxyz23456");
        foreach (var path in new[] { first, second, third })
        {
            var answer = await phone.GetAsync(path);
            Assert.Equal((HttpStatusCode.NotFound, nothing.Text), (answer.Status, answer.Text));
        }
        Assert.Equal(HttpStatusCode.OK, (await stays.GetAsync("/rooms/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(fourth)).Status);
    }

    [Fact]
    public async Task Whoever_was_thrown_out_does_not_come_in_by_a_link_that_was_opened_before()
    {
        var (browser, path) = await NewAsync();
        using var phone = shared.Site.NewBrowser();
        var form = await phone.GetAsync(path);

        await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute($"update people set standing = {Standing.Banned:D} where display_name = '{NameOf(form)}'"), Ct);

        Assert.Equal(HttpStatusCode.NotFound, (await phone.SubmitAsync(form, path)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task No_link_can_be_read_in_the_database()
    {
        var (_, path) = await NewAsync();

        var kept = await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select token_hash from phone_links", row => row.GetFieldValue<byte[]>(0), Ct);

        Assert.NotEmpty(kept);
        Assert.All(kept, hash => Assert.Equal(32, hash.Length));
        Assert.DoesNotContain(kept, hash => System.Text.Encoding.ASCII.GetString(hash).Contains(path["/phone/".Length..], StringComparison.Ordinal));
    }

    /// <summary>One more node on the same database; null where there cannot be one.</summary>
    protected virtual Task<ChatSite?> StartOtherNodeAsync() => Task.FromResult<ChatSite?>(null);

    async Task<(Browser Browser, string Path)> NewAsync()
    {
        var browser = await shared.Site.JoinAsync(shared.Ann, $"Phone owner {Interlocked.Increment(ref people)}");
        return (browser, await LinkAsync(browser));
    }

    static async Task<string> LinkAsync(Browser browser)
    {
        var page = await browser.SubmitAsync("/account/phone");
        Assert.Equal("img", page.Only("main svg").GetAttribute("role"));
        return new Uri(page.Only("#link").GetAttribute("value")!).AbsolutePath;
    }

    async Task EndOthersAsync(Browser browser)
    {
        var tickets = shared.Site.Services.GetRequiredService<SessionTickets>();
        var key = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(browser.Cookie("chat")));
        var sql = shared.Site.Services.GetRequiredService<SqlReader>();
        var (session, person) = Assert.Single(await sql.AllAsync("select id, person_id from sessions where key_hash = @key", row => (row.GetInt64(0), row.GetInt64(1)), Ct, ("@key", key)));
        await tickets.EndAsync(new PersonId(person), s => s.Id != session, Ct);
    }

    static string NameOf(Answer page) => page.TextOf("h1")["Sign in as ".Length..].TrimEnd('?');
}

public sealed class SqlitePhoneLinksTests(SharedSite shared) : PhoneLinksContract(shared);

public sealed class PostgresPhoneLinksTests(PostgresSite shared) : PhoneLinksContract(shared), IClassFixture<PostgresSite>
{
    protected override async Task<ChatSite?> StartOtherNodeAsync() => await shared.StartOtherNodeAsync();
}
