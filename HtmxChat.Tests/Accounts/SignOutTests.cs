namespace HtmxChat.Tests.Accounts;

public sealed class SignOutTests(SharedSite shared)
{
    [Fact]
    public async Task Whoever_has_signed_out_is_asked_to_sign_in()
    {
        var bob = await shared.Site.SignInAsync("Bob");
        Assert.Equal("/rooms/1", (await bob.GetAsync("/")).Location);

        await bob.SignOutAsync();

        Assert.Contains("/sign-in", (await bob.GetAsync("/")).Location, StringComparison.Ordinal);
    }
}
