using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class PasswordTextTests(SharedSite shared)
{
    [Theory]
    [InlineData("caf\u00e9 au lait", "cafe\u0301 au lait")]
    [InlineData("\u1ec7", "e\u0323\u0302")]
    [InlineData("e\u0302\u0323", "e\u0323\u0302")]
    [InlineData("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("\uac00", "\u1100\u1161")]
    [InlineData("１２３", "123")]
    [InlineData("ﬁsh", "fish")]
    [InlineData("one\u00a0two", "one two")]
    [InlineData("\u212b", "A\u030a")]
    public void What_is_typed_in_another_way_is_the_same(string typed, string alsoTyped) => Assert.Equal(PasswordText.Of(alsoTyped), PasswordText.Of(typed));

    [Theory]
    [InlineData("e\u0301a", "ea\u0301")]
    [InlineData("Straße", "Strasse")]
    [InlineData("é", "e")]
    [InlineData(" word", "word")]
    [InlineData("Word", "word")]
    [InlineData("🐙", "🐢")]
    public void What_is_something_else_stays_something_else(string one, string other) => Assert.NotEqual(PasswordText.Of(other), PasswordText.Of(one));

    [Fact]
    public async Task A_password_that_was_set_on_one_keyboard_signs_in_from_another()
    {
        var invite = await shared.Ann.InviteAsync();
        Assert.Equal("/", (await shared.Site.NewBrowser().SubmitAsync(invite, ("Name", "Zoë"), ("Password", "cr\u00e8me br\u00fbl\u00e9e"))).Location);

        foreach (var typed in new[] { "cr\u00e8me br\u00fbl\u00e9e", "cre\u0300me bru\u0302le\u0301e" })
            Assert.Equal("/", (await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Zoë"), ("Password", typed))).Location);
        Assert.Null((await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Zoë"), ("Password", "creme brulee"))).Location);
    }
}
