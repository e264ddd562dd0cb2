using System.Text;
using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class HandleTests
{
    [Theory]
    [InlineData("ada.byron", "ada.byron")]
    [InlineData(" @Ada_Byron-1 ", "ada_byron-1")]
    [InlineData("дарья", "дарья")]
    [InlineData("7", "7")]
    [InlineData("jose\u0301", "jos\u00E9")]
    [InlineData("\uFF41da", "ada")]
    [InlineData("nguye\u0302\u0303n", "nguy\u1EC5n")]
    [InlineData("\u304B\u3099", "\u304C")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\u0939\u093F\u0902\u0926\u0940", "\u0939\u093F\u0902\u0926\u0940")]
    [InlineData("yuki.\u96EA\u3086\u304D\u30E6\u30AD-2", "yuki.\u96EA\u3086\u304D\u30E6\u30AD-2")]
    [InlineData("kim\uAE40\u91D1", "kim\uAE40\u91D1")]
    [InlineData("\u0645\u0631\u064A\u0645.1", "\u0645\u0631\u064A\u0645.1")]
    [InlineData("\u0928\u0940\u0932\u093E", "\u0928\u0940\u0932\u093E")]
    [InlineData("\u05D3\u05E0\u05D4", "\u05D3\u05E0\u05D4")]
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
    [InlineData("ada\uFE0F", "There is something in that handle that nobody can see. Please type it anew.")]
    [InlineData("ada\u034F", "There is something in that handle that nobody can see. Please type it anew.")]
    [InlineData("ada\u3164", "There is something in that handle that nobody can see. Please type it anew.")]
    [InlineData("ada\uFFA0", "There is something in that handle that nobody can see. Please type it anew.")]
    [InlineData("ada\uDB40\uDD00", "There is something in that handle that nobody can see. Please type it anew.")]
    [InlineData("\u0430da", "Please write a handle in one script only: letters of several can look alike.")]
    [InlineData("ad\u03B1", "Please write a handle in one script only: letters of several can look alike.")]
    [InlineData("a\u0660", "Please write a handle in one script only: letters of several can look alike.")]
    [InlineData("\u0430\u65E5", "Please write a handle in one script only: letters of several can look alike.")]
    public void What_cannot_is_refused_in_words(string? typed, string words)
    {
        Assert.Null(Handle.Parse(typed, out var refusal));

        Assert.Equal(words, refusal?.Words);
    }

    [Theory]
    [InlineData("\u0410da Byron", "\u0430.")]
    [InlineData("\U0001F30D", "someone")]
    [InlineData("\u3164", "someone")]
    [InlineData("- -", "someone")]
    public void A_name_suggests_what_a_handle_can_have_of_it(string name, string handle) => Assert.Equal(handle, Handle.From(name).Text);

    [Fact]
    public void A_handle_is_never_cut_within_a_character()
    {
        var name = "a" + string.Concat(Enumerable.Repeat("\U00020000", 20));

        Assert.Equal(39, Handle.From(name).Text.Length);
        Assert.All(Enumerable.Range(1, 120), n => Assert.DoesNotContain(Rune.ReplacementChar, Handle.From(name).Numbered(n).Text.EnumerateRunes()));
    }

    [Fact]
    public void Up_to_40_characters_are_taken_and_one_more_is_refused()
    {
        Assert.NotNull(Handle.Parse(new string('x', 40), out _));

        Assert.Null(Handle.Parse(new string('x', 41), out var refusal));
        Assert.Contains("40", refusal?.Words, StringComparison.Ordinal);
    }
}
