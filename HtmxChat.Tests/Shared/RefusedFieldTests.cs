namespace HtmxChat.Tests.Shared;

public sealed class RefusedFieldTests(SharedSite shared)
{
    [Fact]
    public async Task The_field_that_was_refused_has_the_focus_and_no_other()
    {
        var invite = await shared.Ann.InviteAsync();
        var stranger = shared.Site.NewBrowser();
        Assert.Equal("Name", (await stranger.GetAsync(invite)).Only("[autofocus]").Id);

        var answer = await stranger.SubmitAsync(invite, ("Name", "Focused"), ("Password", "short"));

        Assert.Equal("Password", answer.Only("[autofocus]").Id);
        Assert.Equal("Password", answer.Only("[aria-invalid=true]").Id);
    }

    [Fact]
    public async Task A_refusal_of_the_whole_form_leaves_the_focus_where_the_page_has_it()
    {
        var answer = await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Bob"), ("Password", "not the password"));

        Assert.Equal("Password", answer.Only("[autofocus]").Id);
        Assert.Empty(answer.Page.QuerySelectorAll("[aria-invalid]"));
    }
}
