using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Accounts;

public sealed class RecoveryCodeTests
{
    static readonly PersonId Ann = new(1);

    [Fact]
    public void It_is_known_again_in_any_case_and_grouping()
    {
        var code = RecoveryCode.New();
        Assert.Matches("^[a-z2-9]{4}(-[a-z2-9]{4}){3}$", code.Text);

        foreach (var typed in new[] { code.Text, code.Text.ToUpperInvariant(), code.Text.Replace("-", "", StringComparison.Ordinal), $" {code.Text.Replace('-', ' ')} " })
            Assert.Equal(code.HashFor(Ann), RecoveryCode.Parse(typed)!.HashFor(Ann));
        Assert.NotEqual(code.HashFor(Ann), code.HashFor(new PersonId(2)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("123456")]
    [InlineData("abcd-efgh-jkmn-pqr")]
    [InlineData("abcd-efgh-jkmn-pqrst")]
    [InlineData("abcd-efgh-jkmn-pqr0")]
    public void Anything_else_is_none(string? typed) => Assert.Null(RecoveryCode.Parse(typed));
}
