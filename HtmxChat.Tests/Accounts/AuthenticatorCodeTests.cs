using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class AuthenticatorCodeTests
{
    // "12345678901234567890", the key of RFC 6238, appendix B.
    const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_RFC(long seconds, string code)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(code, AuthenticatorCode.At(Secret, time));
        Assert.Equal(seconds / 30, AuthenticatorCode.StepOf(Secret, code, time));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_good_one_step_before_its_time_and_one_after(int steps, bool isGood)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var code = AuthenticatorCode.At(Secret, now + steps * AuthenticatorCode.Step);

        Assert.Equal(isGood, AuthenticatorCode.StepOf(Secret, code, now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5924")]
    [InlineData("0005924")]
    [InlineData("005 924")]
    [InlineData("٠٠٥٩٢٤")]
    public void Nothing_but_its_six_digits_is_the_code(string typed) =>
        Assert.Null(AuthenticatorCode.StepOf(Secret, typed, DateTimeOffset.FromUnixTimeSeconds(1_234_567_890)));

    [Fact]
    public void No_two_secrets_are_alike_and_each_has_160_bits()
    {
        Assert.NotEqual(AuthenticatorCode.NewSecret(), AuthenticatorCode.NewSecret());
        Assert.Matches("^[A-Z2-7]{32}$", AuthenticatorCode.NewSecret());
    }
}
