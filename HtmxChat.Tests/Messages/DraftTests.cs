using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Messages;

public sealed class DraftTests
{
    [Fact]
    public void Ten_thousand_characters_are_taken()
    {
        Assert.Equal(10_000, Draft.Parse($"  {new string('x', 10_000)}\n", out var refusal)?.Text.Length);
        Assert.Null(refusal);
    }

    [Fact]
    public void One_more_is_refused_in_words_that_name_both_numbers()
    {
        Assert.Null(Draft.Parse(new string('x', 10_001), out var refusal));

        Assert.Equal("That is 10,001 characters, and a message can have 10,000. Please shorten it; your text is kept.", refusal?.Words);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n\u00a0\u2028\u3000")]
    [InlineData("\u200b\u200d\ufeff\u202e")]
    [InlineData("\0\u0001\u001b")]
    public void What_shows_nothing_is_refused(string? typed)
    {
        Assert.Null(Draft.Parse(typed, out var refusal));

        Assert.Equal("Write something first.", refusal?.Words);
    }

    [Theory]
    [InlineData("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour")]
    [InlineData("one\u2028two\u2029three\u0085four", "one\ntwo\nthree\nfour")]
    [InlineData("a\0b\u0007c\u001bd\u009be\u007f", "abcde")]
    [InlineData("if x:\n\treturn  y", "if x:\n\treturn  y")]
    [InlineData("\n\n  text \n", "text")]
    [InlineData("👩\u200d🚀 می\u200cخواهم", "👩\u200d🚀 می\u200cخواهم")]
    [InlineData("7", "7")]
    public void A_text_is_kept_but_for_its_line_ends_and_control_characters(string typed, string expected) =>
        Assert.Equal(expected, Draft.Parse(typed, out _)?.Text);

    [Fact]
    public void Half_a_character_becomes_the_sign_for_one_that_is_broken() => Assert.Equal("half \ufffd", Draft.Parse("half \ud83d", out _)?.Text);
}
