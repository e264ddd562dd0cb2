using System.Net;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>What becomes of links when somebody is let go, or is no administrator any more, on both databases.</summary>
public abstract class OutstandingLinksContract(MailSite shared)
{
    [Theory]
    [InlineData("MakeMember", "MakeAdministrator")]
    [InlineData("Deactivate", "Activate")]
    [InlineData("Ban", "Unban")]
    [InlineData("Delete", null)]
    public async Task What_an_administrator_has_handed_out_ends_with_the_rights_and_does_not_come_back_with_them(string end, string? again)
    {
        var (dora, id) = await NewAdministratorAsync();
        var (bob, bobsId) = await JoinAsync();
        var (invite, reset) = (await dora.InviteAsync("Dora's"), await LinkAsync(dora, bobsId));
        var (mine, forBob) = (await shared.Ann.InviteAsync("Ann's"), await LinkAsync(shared.Ann, bobsId));
        var visitor = shared.Site.NewBrowser();
        var (join, choose) = (await visitor.GetAsync(invite), await visitor.GetAsync(reset));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (join.Status, choose.Status));

        if (end == "Delete") Assert.Equal("/goodbye", (await dora.SubmitAsync("/account/delete", ("Confirmation", ChatSite.Password))).Location);
        else await DoAsync(id, end);

        await AreGoneAsync();
        Assert.DoesNotContain(invite, (await shared.Ann.GetAsync("/admin/invites")).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await visitor.GetAsync(mine)).Status, (await visitor.GetAsync(forBob)).Status));
        if (again is null) return;

        await DoAsync(id, again);
        await AreGoneAsync();

        async Task AreGoneAsync()
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.SubmitAsync(join, invite, ("Name", "Late"), ("Password", ChatSite.Password))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.SubmitAsync(choose, reset, ("Password", "wolke sieben"))).Status);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await visitor.GetAsync(invite)).Status, (await visitor.GetAsync(reset)).Status));
            Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/rooms/1")).Status);
        }
    }

    [Theory]
    [InlineData("role = 1")]
    [InlineData("standing = 2")]
    public async Task One_that_was_made_while_the_rights_were_taken_is_good_for_nothing(string taken)
    {
        var (dora, id) = await NewAdministratorAsync();
        var (_, bobsId) = await JoinAsync();
        string[] links = [await dora.InviteAsync("Dora's"), await LinkAsync(dora, bobsId)];
        foreach (var link in links) Assert.Equal(HttpStatusCode.OK, (await shared.Site.NewBrowser().GetAsync(link)).Status);

        await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute($"update people set {taken} where id = {id}"), Ct);

        foreach (var link in links) Assert.Equal(HttpStatusCode.NotFound, (await shared.Site.NewBrowser().GetAsync(link)).Status);
    }

    [Theory]
    [InlineData("Deactivate", "Activate")]
    [InlineData("Ban", "Unban")]
    public async Task Nothing_leads_back_into_the_account_of_somebody_who_was_let_go(string end, string again)
    {
        var (bob, id) = await JoinAsync();
        var address = $"somebody.{id}@example.org";
        await bob.SubmitAsync("/account/email", ("Address", address), ("Password", ChatSite.Password));
        Assert.Equal("/confirm/done", (await bob.SubmitAsync(await shared.ReadLinkAsync())).Location);
        shared.Time.Advance(TimeSpan.FromMinutes(2));
        await shared.Site.NewBrowser().SubmitAsync("/forgot", ("Name", address));
        var sent = await shared.ReadLinkAsync();
        await bob.SubmitAsync("/account/email", ("Address", $"elsewhere.{address}"), ("Password", ChatSite.Password));
        var confirm = await shared.ReadLinkAsync();
        var phone = new Uri((await bob.SubmitAsync("/account/phone")).Only("#link").GetAttribute("value")!).AbsolutePath;
        string[] links = [sent, confirm, phone, await LinkAsync(shared.Ann, id)];
        await shared.ReadLetterAsync(); // which tells of the last one
        var visitor = shared.Site.NewBrowser();
        var forms = new List<Answer>();
        foreach (var link in links) forms.Add((await visitor.GetAsync(link)).HasStatus(HttpStatusCode.OK));

        await DoAsync(id, end);
        await AreGoneAsync();
        await DoAsync(id, again);
        await AreGoneAsync();

        async Task AreGoneAsync()
        {
            foreach (var (form, link) in forms.Zip(links))
            {
                var answer = await visitor.SubmitAsync(form, link, ("Password", "wolke sieben"));
                Assert.True((answer.Status, (await visitor.GetAsync(link)).Status) == (HttpStatusCode.NotFound, HttpStatusCode.NotFound), $"{link}: {answer.Status}");
            }
        }
    }

    async Task<(Browser Browser, PersonId Id)> JoinAsync()
    {
        var (name, _, browser) = await shared.JoinAsync();
        var found = await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select id from people where display_name = @name", row => row.GetInt64(0), Ct, ("@name", name));
        return (browser, new PersonId(Assert.Single(found)));
    }

    async Task<(Browser Browser, PersonId Id)> NewAdministratorAsync()
    {
        var (browser, id) = await JoinAsync();
        await DoAsync(id, "MakeAdministrator");
        return (browser, id);
    }

    async Task DoAsync(PersonId person, string deed) => Assert.Equal($"/admin/people/{person}", (await shared.Ann.SubmitAsync($"/admin/people/{person}", ("Deed", deed))).Location);

    static async Task<string> LinkAsync(Browser administrator, PersonId person)
    {
        var made = await administrator.SubmitAsync($"/admin/people/{person}", ("Deed", "MakeResetLink"));
        return new Uri(made.Only("#link").GetAttribute("value")!).AbsolutePath;
    }
}

public sealed class SqliteOutstandingLinksTests(MailSite shared) : OutstandingLinksContract(shared), IClassFixture<MailSite>;

public sealed class PostgresOutstandingLinksTests(PostgresMailSite shared) : OutstandingLinksContract(shared), IClassFixture<PostgresMailSite>;
