using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Shared;

public sealed class PlainLineTests
{
    [Theory]
    [InlineData("Ann", "Ann")]
    [InlineData("  Ann \t of\r\nCleves ", "Ann of Cleves")]
    [InlineData("Ann\u00a0\u3000Lee", "Ann Lee")]
    [InlineData("A\0n\u0007n\u001b", "Ann")]
    [InlineData("Ann\u202egnp.exe", "Anngnp.exe")]
    [InlineData("\u200e\u2066Ann\u2069\u200b\ufeff", "Ann")]
    [InlineData("👩\u200d🚀 Ann 👨\u200d👩\u200d👧", "👩\u200d🚀 Ann 👨\u200d👩\u200d👧")]
    [InlineData("Анна ⚓ アン", "Анна ⚓ アン")]
    [InlineData(null, "")]
    public void What_cannot_be_seen_is_dropped_and_words_are_joined_by_one_space(string? typed, string expected) =>
        Assert.Equal(expected, PlainLine.Clean(typed));

    [Fact]
    public void Half_a_character_becomes_the_sign_for_one_that_is_broken() => Assert.Equal("a\ufffdb", PlainLine.Clean("a\ud83db"));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab\U00020000", 3, "ab")]
    [InlineData("a\U00020000b", 3, "a\U00020000")]
    public void A_line_is_never_cut_within_a_character(string line, int maxLength, string cut) => Assert.Equal(cut, PlainLine.Cut(line, maxLength));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n\u00a0\u3000")]
    [InlineData("\u200b\u2060\ufeff")]
    [InlineData("\u202e\u2066")]
    [InlineData("\u200d")]
    [InlineData("\0\u001b")]
    [InlineData("\u3164")]
    [InlineData("\uffa0 \ufe0f\u034f")]
    public void A_line_that_shows_nothing_is_refused_in_the_words_for_that(string? typed)
    {
        Assert.Null(PlainLine.Read(typed, "Say something.", 10, out var refusal));

        Assert.Equal("Say something.", refusal?.Words);
    }

    [Fact]
    public void A_line_as_long_as_allowed_is_taken_and_a_longer_one_is_refused_with_both_numbers()
    {
        Assert.Equal("1234567890", PlainLine.Read("  1234567890  ", "", 10, out var refusal));
        Assert.Null(refusal);

        Assert.Null(PlainLine.Read("12345678901", "", 10, out refusal));
        Assert.Equal("That has 11 characters; please use at most 10.", refusal?.Words);
    }

    [Fact]
    public void Lines_that_differ_in_case_alone_have_one_key()
    {
        Assert.Equal(PlainLine.Key("Zoë Müller"), PlainLine.Key("ZOË mÜLLER"));
        Assert.NotEqual(PlainLine.Key("Zoë"), PlainLine.Key("Zoe"));
    }
}
