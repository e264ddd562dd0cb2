using HtmxChat.Web.Messages.Markup;

namespace HtmxChat.Tests.Messages.Markup;

/// <summary>Where a message has no place, its text stands without the signs of Markdown.</summary>
public sealed class ExcerptTests
{
    [Theory]
    [InlineData("plain\nlines", "plain lines")]
    [InlineData("**bold** and [a link](https://a.example), `code`", "bold and a link, code")]
    [InlineData("# Title\n\n- one\n- two", "Title one two")]
    [InlineData("> said\n\nanswer", "said answer")]
    [InlineData("```js\nlet a;\nlet b;\n```", "let a; let b;")]
    [InlineData("/me waves", "waves")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2")]
    [InlineData("https://a.example/x_y_z", "https://a.example/x_y_z")]
    [InlineData("![a cat](https://a.example/c.png) <b>&lt;</b>", "a cat <b><</b>")]
    [InlineData("snake_case [x](/y)", "snake_case x")]
    public void It_is_words_on_one_line(string typed, string expected) => Assert.Equal(expected, Excerpt.Of(typed, 100));

    [Fact]
    public void What_is_hidden_stays_hidden() => Assert.Equal("It was [spoiler].", Excerpt.Of("It was ||the butler||.", 100));

    [Fact]
    public void It_is_cut_where_a_letter_ends() => Assert.Equal("bold…", Excerpt.Of("**bold** and more", 5));

    [Fact]
    public void What_is_too_much_to_be_read_is_cut_as_it_is() => Assert.Equal($"{new string('*', 20)}…", Excerpt.Of(new string('*', 10_000), 20));
}
