using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Admin;

/// <summary>Who did what when and from where, on either database.</summary>
public abstract class AuditContract(SharedSite shared)
{
    [Fact]
    public async Task What_is_done_is_kept_with_who_did_it_to_whom_and_from_where()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        await ann.SubmitAsync("/admin/invites", ("Note", "For friends"));
        var invites = await ann.GetAsync("/admin/invites");
        await ann.SubmitAsync(invites, "/admin/invites?handler=Revoke", ("id", invites.Page.QuerySelector(".invite button")!.GetAttribute("value")!));
        await ann.SubmitAsync("/admin/settings", ("Name", "Coffee house"));
        await ann.SubmitAsync("/rooms/new", ("Name", "Backstage"), ("Closed", "true"));
        await ann.SubmitAsync(await ann.GetAsync("/rooms/2/about"), "/rooms/2/about?handler=Add", ("Person", "2"));
        await ann.SubmitAsync(await ann.GetAsync("/rooms/2/about"), "/rooms/2/about?handler=Remove", ("Person", "2"));
        await ann.SubmitAsync("/rooms/2/settings", ("Name", "Greenroom"));
        await ann.SubmitAsync(await ann.GetAsync("/rooms/2/settings"), "/rooms/2/settings?handler=Archive");
        await ann.SubmitAsync(await ann.GetAsync("/rooms/2/settings"), "/rooms/2/settings?handler=Delete", ("Confirmation", "Greenroom"));
        foreach (var deed in new[] { "MakeAdministrator", "MakeMember", "EndSessions", "Deactivate", "Activate", "Ban", "Unban" }) await ann.SubmitAsync("/admin/people/2", ("Deed", deed));
        await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Bob"), ("Password", "not the password"));
        await (await site.SignInAsync("Bob")).SignOutAsync();

        var entries = (await ann.GetAsync("/admin/audit")).Page.QuerySelectorAll(".rows li").Reverse().ToList();

        Assert.Equal(
            [
                "Ann set the site up", "Ann signed in", "Bob joined", "Bob signed in", "Ann made an invite link: For friends", "Ann revoked an invite link: For friends",
                "Ann changed the settings: name Coffee house", "Ann made the room: Backstage", "Ann added to a room Bob: Backstage", "Ann removed from a room Bob: Backstage",
                "Ann renamed the room: Greenroom", "Ann changed the room: Backstage", "Ann archived the room: Greenroom", "Ann deleted the room: Greenroom",
                "Ann made an administrator of Bob", "Ann made a member of Bob", "Ann ended all sessions of Bob", "Ann deactivated Bob", "Ann activated Bob", "Ann banned Bob", "Ann unbanned Bob",
                "sign-in failed as Bob", "Bob signed in", "Bob signed out",
            ],
            entries.Select(e => e.QuerySelector("span")!.TextContent.Trim()));
        Assert.All(entries, e => Assert.EndsWith(", from 127.0.0.1", e.QuerySelector("small")!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failed_attempts_of_a_minute_from_one_address_are_one_entry_that_counts_them()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        foreach (var name in new[] { "Nobody", "Ann", "No one", "Ann", "Not there" }) await site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", "not the password"));

        var entries = (await ann.GetAsync("/admin/audit?kind=SignInFailed")).Page.QuerySelectorAll(".rows li span:first-child").Select(e => e.TextContent.Trim());

        Assert.Equal(["sign-in failed as Ann: 2 times", "sign-in failed: 3 times"], entries.Where(e => e.StartsWith("sign-in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Leaving_by_the_page_of_a_phone_link_is_kept_too()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var link = new Uri((await ann.SubmitAsync("/account/phone")).Only("#link").GetAttribute("value")!).AbsolutePath;
        var bob = await site.JoinAsync(ann, "Bob");

        await bob.SubmitAsync(await bob.GetAsync(link), $"{link}?handler=SignOut");

        Assert.Equal("Bob signed out", (await ann.GetAsync("/admin/audit")).Page.QuerySelector(".rows li span")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_deleted_accounts_addresses_are_forgotten_and_no_others()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Bob"), ("Password", "not the password"));
        await ann.SubmitAsync("/admin/people/2", ("Deed", "MakeAdministrator"));
        Assert.Equal(3, await CountAsync("person_id = 2 or by_id = 2", "127.0.0.1") - 1);

        await (await site.SignInAsync("Bob")).SubmitAsync("/account/delete", ("Confirmation", ChatSite.Password));

        Assert.Equal(1, await CountAsync("person_id = 2 or by_id = 2", "127.0.0.1"));
        Assert.Equal(0, await CountAsync("by_id = 1", ""));

        async Task<long> CountAsync(string which, string address) =>
            Assert.Single(await site.Services.GetRequiredService<SqlReader>().AllAsync($"select count(*) from audit where ({which}) and address = @address", row => row.GetInt64(0), Ct, ("@address", address)));
    }

    [Fact]
    public async Task How_people_change_how_they_sign_in_is_kept_and_none_of_what_lets_them_in()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var link = (await bob.SubmitAsync("/account/phone")).Only("#link").GetAttribute("value")!;
        await site.NewBrowser().SubmitAsync(new Uri(link).AbsolutePath);
        await bob.SubmitAsync("/account/password", ("Current", ChatSite.Password), ("New", "wolke sieben"));
        await bob.SubmitAsync(await bob.GetAsync("/account/two-step"), "/account/two-step?handler=Begin", ("Proof", "wolke sieben"));
        var setUp = await bob.GetAsync("/account/two-step");
        var secret = setUp.TextOf(".code").Replace(" ", "", StringComparison.Ordinal);
        var on = await bob.SubmitAsync(setUp, "/account/two-step?handler=On", ("Code", AuthenticatorCode.At(secret, DateTimeOffset.UtcNow)));
        var code = on.Page.QuerySelector(".codes li")!.TextContent;
        var page = await bob.GetAsync("/account/two-step");
        await bob.SubmitAsync(page, "/account/two-step?handler=Codes", ("Proof", "wolke sieben"));
        await bob.SubmitAsync(page, "/account/two-step?handler=Off", ("Proof", "wolke sieben"));
        await TwoStepOnAsync(site, new PersonId(2));
        await ann.SubmitAsync("/admin/people/2", ("Deed", "SwitchOffTwoStep"));
        var reset = new Uri((await ann.SubmitAsync("/admin/people/2", ("Deed", "MakeResetLink"))).Only("#link").GetAttribute("value")!).AbsolutePath;
        await site.NewBrowser().SubmitAsync(reset, ("Password", ChatSite.Password));
        await (await site.SignInAsync("Bob")).SubmitAsync("/account/delete", ("Confirmation", ChatSite.Password));

        var entries = (await ann.GetAsync("/admin/audit")).Page.QuerySelectorAll(".rows li span:first-child").Reverse().Select(e => e.TextContent.Trim()).Skip(4).ToList();

        Assert.Equal(
            [
                "used a link to sign in on a phone", "signed in", "changed the own password", "switched two-step sign-in on", "made new recovery codes", "switched two-step sign-in off",
                "switched two-step sign-in on", "Ann switched off the two-step sign-in of", "Ann made a link for a new password of", "chose a new password by a link", "signed in", "deleted the own account",
            ],
            entries.Where(e => !e.EndsWith("signed out", StringComparison.Ordinal)).Select(e => e.Replace("Former member", "", StringComparison.Ordinal).Trim()));
        var kept = await site.Services.GetRequiredService<SqlReader>().AllAsync("select about || address from audit", row => row.GetString(0), Ct);
        foreach (var lettingIn in new[] { link.Split('/')[^1], secret, code, reset.Split('/')[^1], "wolke" })
            Assert.DoesNotContain(kept, k => k.Contains(lettingIn, StringComparison.OrdinalIgnoreCase));
    }

    static async Task TwoStepOnAsync(ChatSite site, PersonId person)
    {
        var twoStep = site.Services.GetRequiredService<TwoStep>();
        await twoStep.BeginAsync(person, Ct);
        await twoStep.SwitchOnAsync(person, AuthenticatorCode.At((await twoStep.FindAsync(person, Ct)).Secret!, DateTimeOffset.UtcNow), Ct);
    }

    [Fact]
    public async Task What_somebody_says_or_types_in_the_wrong_field_and_what_lets_people_in_is_never_kept()
    {
        const string Secret = "hunter2-and-more";
        var invite = await shared.Ann.InviteAsync();
        await shared.Bob.SayAsync(await shared.NewRoomAsync(), Secret);

        await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", Secret), ("Password", Secret));

        var kept = await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select about || address from audit", row => row.GetString(0), Ct);
        Assert.NotEmpty(kept);
        Assert.DoesNotContain(kept, k => k.Contains(Secret, StringComparison.OrdinalIgnoreCase) || k.Contains(invite.Split('/')[^1], StringComparison.Ordinal) || k.Contains(shared.Ann.Cookie("chat"), StringComparison.Ordinal));
        Assert.Contains("sign-in failed", (await shared.Ann.GetAsync($"/admin/audit?kind={AuditKind.SignInFailed}")).Only(".rows li:first-child").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_narrowed_to_a_person_and_a_kind_and_read_to_its_beginning()
    {
        var audit = shared.Site.Services.GetRequiredService<AuditTrail>();
        await shared.Site.JoinAsync(shared.Ann, "Audited Olga");
        var olga = new PersonId(long.Parse((await shared.Ann.GetAsync("/admin/people?find=audited")).Only(".rows a").GetAttribute("href")!.Split('/')[^1]));
        for (var i = 1; i <= 120; i++) await audit.AddAsync(new AuditAct(i % 2 == 0 ? AuditKind.RoomMade : AuditKind.RoomDeleted, olga, About: $"Room {i}"), Ct);
        var seen = new List<string>();
        long? before = null;

        do
        {
            var page = await audit.BeforeAsync(before, AuditKind.RoomMade, "AUDITED.olga", Ct);
            Assert.InRange(page.Entries.Count, 1, AuditTrail.PageSize);
            seen.AddRange(page.Entries.Select(e => e.About));
            before = page.OlderThan;
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(1, 60).Select(i => $"Room {2 * i}").Reverse(), seen);
        Assert.Empty((await audit.BeforeAsync(null, AuditKind.RoomMade, "nobody.at.all", Ct)).Entries);
        Assert.Equal(50, (await shared.Ann.GetAsync("/admin/audit?person=audited.olga")).Page.QuerySelectorAll(".rows li").Length);
    }

    [Fact]
    public async Task What_did_not_happen_is_not_kept()
    {
        var page = await shared.Ann.GetAsync("/admin/people/1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Ann.SubmitAsync(page, "/admin/people/1", ("Deed", "Ban"))).Status);

        Assert.DoesNotContain((await shared.Site.Services.GetRequiredService<AuditTrail>().BeforeAsync(null, AuditKind.Banned, "ann", Ct)).Entries, e => e.Person!.Id == 1);
    }
}

public sealed class SqliteAuditTests(SharedSite shared) : AuditContract(shared);

public sealed class PostgresAuditTests(PostgresSite shared) : AuditContract(shared), IClassFixture<PostgresSite>;
