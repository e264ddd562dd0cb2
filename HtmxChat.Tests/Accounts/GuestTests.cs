using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>People who come by name alone, where an administrator has opened the site to everybody.</summary>
public sealed class GuestTests
{
    static readonly RoomId Lobby = new(1);

    [Fact]
    public async Task Where_people_join_by_invite_nobody_comes_by_name_alone_and_where_joining_is_closed_nobody_comes()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var ann = await site.SetUpByAnnAsync();
        var (invite, stranger) = (await ann.InviteAsync(), site.NewBrowser());
        var form = await stranger.GetAsync(invite);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], [form.Status, (await stranger.GetAsync("/join")).Status]);

        await SetJoiningAsync(ann, "Closed");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [(await stranger.GetAsync(invite)).Status, (await stranger.GetAsync("/join")).Status]);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SubmitAsync(form, invite, ("Name", "Late"), ("Password", ChatSite.Password))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SubmitAsync(form, "/join", ("Name", "Late"))).Status);
        Assert.Equal([1L], await site.CountAsync("people"));
    }

    [Fact]
    public async Task A_guest_reads_and_writes_where_everybody_may_and_opens_nothing()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var (ann, guest) = await StartOpenAsync(site);
        await ann.SayAsync(Lobby, "Welcome.");

        await guest.SayAsync(Lobby, "Hello from a guest.");
        await using var listening = await guest.ListenAsync(Lobby, Carrier.WebSocket);
        await listening.HearAsync("Welcome.");

        Assert.Equal(["Welcome.", "Hello from a guest."], (await ann.GetAsync("/rooms/1")).Messages);
        var form = await guest.GetAsync("/account/stay");
        foreach (var path in new[] { "/rooms/new", "/direct/new", "/admin", "/admin/invites", "/rooms/1/settings" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await guest.SubmitAsync(form, path, ("Name", "Mine"), ("With", "1"))).Status);
        }
        Assert.Contains("@gus, guest", (await ann.GetAsync("/rooms/1/about")).TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.SubmitAsync(await ann.GetAsync("/rooms/1/settings"), "/rooms/1/settings?handler=HandOver", ("NewOwner", "gus"))).Status);
        Assert.Equal([1L], await site.CountAsync("rooms"));
        Assert.Empty((await guest.GetAsync("/rooms/1")).Page.QuerySelectorAll("#rooms [href='/rooms/new'], #rooms [href='/direct/new'], #rooms [href='/admin']"));
    }

    [Fact]
    public async Task A_guest_sees_no_closed_room_but_one_that_somebody_has_let_them_into()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var (ann, guest) = await StartOpenAsync(site);
        var room = (await ann.SubmitAsync("/rooms/new", ("Name", "Backstage"), ("Closed", "true"))).Location!.Replace("/about", "", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(room)).Status);

        await ann.SubmitAsync(await ann.GetAsync($"{room}/about"), $"{room}/about?handler=Add", ("Person", "2"));

        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(room)).Status);
    }

    [Fact]
    public async Task A_guest_who_chooses_a_password_becomes_a_member_and_comes_back_with_it()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var (_, guest) = await StartOpenAsync(site);
        var refused = await guest.SubmitAsync("/account/stay", ("Password", "short"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/rooms/new")).Status);

        Assert.Equal("/", (await guest.SubmitAsync(refused, "/account/stay", ("Password", ChatSite.Password))).Location);

        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/rooms/new")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/account/stay")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await site.SignInAsync("Gus")).GetAsync("/rooms/new")).Status);
    }

    [Fact]
    public async Task People_whose_names_have_no_letters_are_not_taken_for_each_other()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        await (await site.SetUpByAnnAsync()).SubmitAsync("/admin/settings", ("Joining", "Open"));

        foreach (var name in new[] { "\U0001F30D", "\U0001F40C", "\U0001F30D" }) Assert.Equal("/", (await site.NewBrowser().SubmitAsync("/join", ("Name", name))).Location);

        Assert.Equal(["someone", "someone-2", "someone-3"], await site.Services.GetRequiredService<SqlReader>().AllAsync("select user_name from people where id > 1 order by id", row => row.GetString(0), Ct));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.NewBrowser().SubmitAsync("/join", ("Name", "\u3164"))).Status);
    }

    [Fact]
    public async Task Of_two_passwords_that_are_sent_at_once_one_is_set_and_the_other_said_not_to_be()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        await (await site.SetUpByAnnAsync()).SubmitAsync("/admin/settings", ("Joining", "Open"));
        var gil = site.NewBrowser();
        await gil.SubmitAsync("/join", ("Name", "Gil"));
        var form = await gil.GetAsync("/account/stay");

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(n => gil.Copy().SubmitAsync(form, "/account/stay", ("Password", $"wolke {n} sieben"))));

        Assert.Single(answers, a => a.Location == "/");
    }

    [Fact]
    public async Task A_guest_of_a_site_that_is_not_open_any_more_stays_one_unless_an_administrator_wants_it()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var (ann, guest) = await StartOpenAsync(site);
        var form = await guest.GetAsync("/account/stay");
        await SetJoiningAsync(ann, "ByInvite");
        Assert.Equal(HttpStatusCode.NotFound, (await guest.SubmitAsync(form, "/account/stay", ("Password", ChatSite.Password))).Status);

        Assert.Equal("/admin/people/2", (await ann.SubmitAsync("/admin/people/2", ("Deed", "AcceptGuest"))).Location);

        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/rooms/new")).Status);
        Assert.Equal("/", (await guest.SubmitAsync("/account/stay", ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task A_guest_is_marked_as_one_among_the_members_and_on_the_own_page_until_they_are_one()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var (ann, _) = await StartOpenAsync(site);

        Assert.Equal(["@ann", "@gus, guest"], await HandlesAsync("/rooms/1/members", ".members li small"));
        Assert.Equal(["@ann, owner", "@gus, guest"], await HandlesAsync("/rooms/1/about", ".list li small"));
        Assert.Equal(["@gus, guest: came by name alone"], await HandlesAsync("/people/2", "h1 + .hint"));

        await ann.SubmitAsync("/admin/people/2", ("Deed", "AcceptGuest"));
        Assert.Equal(["@ann", "@gus"], await HandlesAsync("/rooms/1/members", ".members li small"));
        Assert.Equal(["@gus"], await HandlesAsync("/people/2", "h1 + .hint"));

        async Task<List<string>> HandlesAsync(string path, string selector) => [.. (await ann.GetAsync(path)).Page.QuerySelectorAll(selector).Select(e => e.TextContent).Order()];
    }

    [Fact]
    public async Task Nobody_comes_in_by_a_name_that_is_taken_and_a_guest_without_password_cannot_be_signed_in_as()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        await StartOpenAsync(site);

        var taken = await site.NewBrowser().SubmitAsync("/join", ("Name", "ann"));
        var signIn = await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Gus"), ("Password", ""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.Status);
        Assert.Contains("already called ann", taken.TextOf("#name-problem"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Name and password do not match. After ten wrong passwords a name has to wait for five minutes."), (signIn.Status, signIn.TextOf(".problem")));
    }

    static async Task<(Browser Ann, Browser Guest)> StartOpenAsync(ChatSite site)
    {
        var ann = await site.SetUpByAnnAsync();
        await SetJoiningAsync(ann, "Open");
        var guest = site.NewBrowser();
        Assert.Equal("/", (await guest.SubmitAsync("/join", ("Name", "Gus"))).Location);
        return (ann, guest);
    }

    static async Task SetJoiningAsync(Browser ann, string joining) =>
        Assert.Equal("/admin/settings?saved", (await ann.SubmitAsync("/admin/settings", ("Joining", joining))).Location);
}
