namespace HtmxChat.Tests.Accounts;

public sealed class ForgotTests(SharedSite shared)
{
    [Fact]
    public async Task Without_mail_people_are_sent_to_an_administrator_whose_link_does_it()
    {
        await shared.Site.JoinAsync(shared.Ann, "Forgetful");

        Assert.Contains("Ask an administrator for a link", (await shared.Site.NewBrowser().GetAsync("/forgot")).TextOf("main"), StringComparison.Ordinal);
        var answer = await shared.Site.NewBrowser().SubmitAsync(await shared.Site.NewResetLinkAsync("Forgetful"), ("Password", "wolke sieben"));

        Assert.Equal("/sign-in?changed=yes", answer.Location);
        Assert.Contains("no address can be confirmed", (await shared.Bob.GetAsync("/account/email")).TextOf("main"), StringComparison.Ordinal);
    }
}
