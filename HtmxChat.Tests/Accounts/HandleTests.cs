using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class HandleTests
{
    [Theory]
    [InlineData("ada.byron", "ada.byron")]
    [InlineData(" @Ada_Byron-1 ", "ada_byron-1")]
    [InlineData("дарья", "дарья")]
    [InlineData("7", "7")]
    public void What_can_be_taken_is_kept_in_small_letters(string typed, string handle)
    {
        Assert.Equal(handle, Handle.Parse(typed, out var refusal)?.Text);
        Assert.Null(refusal);
        Assert.Equal(handle, Handle.From(handle).Text);
    }

    [Theory]
    [InlineData(null, "Please choose a handle.")]
    [InlineData("@", "Please choose a handle.")]
    [InlineData("ada byron", "A handle has no spaces; write a dot instead.")]
    [InlineData("ada@home", "A handle has letters, digits, dots and dashes; please leave out @.")]
    [InlineData("ada<b>", "A handle has letters, digits, dots and dashes; please leave out <.")]
    [InlineData("👩‍🚀", "A handle has letters, digits, dots and dashes; please leave out 👩.")]
    [InlineData("...", "A handle needs at least one letter or digit.")]
    public void What_cannot_is_refused_in_words(string? typed, string words)
    {
        Assert.Null(Handle.Parse(typed, out var refusal));

        Assert.Equal(words, refusal?.Words);
    }

    [Fact]
    public void Up_to_40_characters_are_taken_and_one_more_is_refused()
    {
        Assert.NotNull(Handle.Parse(new string('x', 40), out _));

        Assert.Null(Handle.Parse(new string('x', 41), out var refusal));
        Assert.Contains("40", refusal?.Words, StringComparison.Ordinal);
    }
}
