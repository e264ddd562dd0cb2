using System.Net;

namespace HtmxChat.Tests.Admin;

public sealed class InviteTests(SharedSite shared)
{
    readonly Browser ann = shared.Ann;

    [Fact]
    public async Task An_administrator_is_shown_the_link_as_others_can_open_it_and_as_a_QR_code()
    {
        var page = await ann.GetAsync("/admin/invites");

        var link = new Uri(page.Page.QuerySelectorAll(".invite-link")[^1].GetAttribute("value")!);

        Assert.Equal(shared.Site.Address.Authority, link.Authority);
        Assert.Equal(HttpStatusCode.OK, (await shared.Site.NewBrowser().GetAsync(link.PathAndQuery)).Status);
        Assert.Equal(page.Page.QuerySelectorAll(".invite-link").Length, page.Page.QuerySelectorAll(".invite svg.qr").Length);
    }

    [Fact]
    public async Task A_link_for_one_says_who_it_is_for_counts_and_is_gone_when_it_was_used()
    {
        await ann.SubmitAsync("/admin/invites", ("Note", "For Dora"), ("Days", "7"), ("Uses", "2"));
        var made = Called("For Dora", await ann.GetAsync("/admin/invites"));
        Assert.Contains("For Dora", made.TextContent, StringComparison.Ordinal);
        Assert.Contains("0 have joined by it, of 2. Good until", made.TextContent, StringComparison.Ordinal);
        var path = new Uri(made.QuerySelector(".invite-link")!.GetAttribute("value")!).PathAndQuery;

        foreach (var name in new[] { "Invited Dora", "Invited Dirk" })
        {
            Assert.Equal("/", (await shared.Site.NewBrowser().SubmitAsync(path, ("Name", name), ("Password", ChatSite.Password))).Location);
            if (name == "Invited Dora") Assert.Contains("1 has joined by it, of 2", Called("For Dora", await ann.GetAsync("/admin/invites")).TextContent, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(path, (await ann.GetAsync("/admin/invites")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Site.NewBrowser().GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_link_that_was_revoked_leads_nowhere_even_from_a_form_that_was_open()
    {
        await ann.SubmitAsync("/admin/invites", ("Note", "Mistake"));
        var page = await ann.GetAsync("/admin/invites");
        var path = new Uri(Called("Mistake", page).QuerySelector(".invite-link")!.GetAttribute("value")!).PathAndQuery;
        var visitor = shared.Site.NewBrowser();
        var form = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, form.Status);

        await ann.SubmitAsync(page, "/admin/invites?handler=Revoke", ("id", Called("Mistake", page).QuerySelector("button")!.GetAttribute("value")!));

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.SubmitAsync(form, path, ("Name", "Late"), ("Password", ChatSite.Password))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("Days", "-1", "from 1 to 365 days")]
    [InlineData("Days", "400", "from 1 to 365 days")]
    [InlineData("Days", "abc", "from 1 to 365 days")]
    [InlineData("Days", "", "from 1 to 365 days")]
    [InlineData("Uses", "0", "from 1 to 10,000")]
    [InlineData("Uses", "many", "from 1 to 10,000")]
    [InlineData("Note", "x", "at most 100")]
    public async Task What_cannot_be_taken_is_refused_beside_its_field(string field, string typed, string words)
    {
        if (field == "Note") typed = new string('x', 101);

        var answer = await ann.SubmitAsync("/admin/invites", (field, typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.TextOf($"#{field.ToLowerInvariant()}-problem"), StringComparison.Ordinal);
        if (field != "Days") Assert.Equal(typed, answer.Only($"#{field}").GetAttribute("value"));
    }

    static AngleSharp.Dom.IElement Called(string note, Answer page) => page.Only($".invite[aria-label='{note}']");
}
