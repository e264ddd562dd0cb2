using System.Net;

namespace HtmxChat.Tests.Admin;

/// <summary>Somebody who is let in again, on both databases.</summary>
public abstract class ComingBackContract(SharedSite shared)
{
    [Theory]
    [InlineData("Ban", "Unban")]
    [InlineData("Deactivate", "Activate")]
    public async Task Who_looked_after_the_site_comes_back_as_a_member_and_the_audit_says_so(string deed, string undoing)
    {
        var name = $"Nora{deed}";
        await shared.Site.JoinAsync(shared.Ann, name);
        var page = (await shared.Ann.GetAsync($"/admin/people?find={Uri.EscapeDataString(name)}")).Only(".rows a").GetAttribute("href")!;
        foreach (var done in new[] { "MakeAdministrator", deed }) await DoAsync(page, done);
        Assert.Contains("as a member", (await shared.Ann.GetAsync(page)).TextOf("main"), StringComparison.Ordinal);

        await DoAsync(page, undoing);

        var back = await shared.Site.SignInAsync(name);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await back.GetAsync("/rooms/1")).Status, (await back.GetAsync("/admin/people")).Status));
        Assert.Contains($"Ann made a member of {name}", (await shared.Ann.GetAsync($"/admin/audit?person={Uri.EscapeDataString(name)}")).TextOf(".rows"), StringComparison.Ordinal);
    }

    async Task DoAsync(string page, string deed) => Assert.Equal(page, (await shared.Ann.SubmitAsync(page, ("Deed", deed))).Location);
}

public sealed class SqliteComingBackTests(SharedSite shared) : ComingBackContract(shared);

public sealed class PostgresComingBackTests(PostgresSite shared) : ComingBackContract(shared), IClassFixture<PostgresSite>;
