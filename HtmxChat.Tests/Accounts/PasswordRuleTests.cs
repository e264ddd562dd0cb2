using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class PasswordRuleTests
{
    static readonly string[] Names = ["Ada Byron", "ada.byron", "countess", "Tea house"];

    [Theory]
    [InlineData("Password")]
    [InlineData("PASSWORD1")]
    [InlineData("p@ssw0rd2026")]
    [InlineData("$unsh1ne")]
    [InlineData("!!dragon!!")]
    [InlineData("ＰＡＳＳＷＯＲＤ")]
    public void A_common_one_is_refused_with_a_little_around_it_too(string password) => IsRefused(password, "many people use this one");

    [Theory]
    [InlineData("aaaaaaaa")]
    [InlineData("12121212")]
    [InlineData("kXp9kXp9kXp9")]
    [InlineData("éàéàéàéà")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("abcd1234")]
    [InlineData("QWERTZUIOP")]
    [InlineData("poiuytrewq")]
    [InlineData("1qaz2wsx")]
    [InlineData("aaaa5678")]
    public void One_that_repeats_itself_or_follows_the_keys_is_refused(string password) => IsRefused(password, "repeats itself, or follows the keys");

    [Theory]
    [InlineData("ada byron")]
    [InlineData("Ada-Byron!")]
    [InlineData("byron1815")]
    [InlineData("TeaHouse2026")]
    [InlineData("countess...")]
    public void One_made_of_names_that_others_know_is_refused(string password) => IsRefused(password, "guess from your name");

    [Theory]
    [InlineData("correct horse")]
    [InlineData("wolke sieben")]
    [InlineData("xkq-wz7t")]
    [InlineData("Byron's engine")]
    [InlineData("лиловый кит")]
    [InlineData("紫の鯨が空を飛ぶ")]
    [InlineData("🐙🐢🦀🐬🦑🐡🐠🦐")]
    [InlineData("        a line of my own")]
    public void Any_other_is_taken_whatever_its_characters(string password) => Assert.Null(PasswordRule.Refuse(password, Names));

    [Fact]
    public void Its_length_is_counted_as_a_person_counts()
    {
        IsRefused("🐙🐢🦀🐬", "at least 8");
        IsRefused("e\u0301a\u0300o\u0302u\u0301", "at least 8");
        IsRefused(null, "at least 8");
        IsRefused(new string('\u0301', 100_000), "at most 128");
    }

    static void IsRefused(string? password, string why) => Assert.Contains(why, PasswordRule.Refuse(password, Names)?.Words, StringComparison.Ordinal);
}
