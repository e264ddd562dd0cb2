using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Messages;

public sealed class ClientKeyTests
{
    [Fact]
    public void New_keys_are_keys_and_differ()
    {
        var keys = Enumerable.Range(0, 1_000).Select(_ => ClientKey.New()).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Equal(key, ClientKey.Parse(key.Text)));
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789-_ABCdef")]
    [InlineData("5f2b7c1e-9d3a-4c55-8f6a-0d9b3e1c7a42")]
    public void Sixteen_or_more_letters_digits_hyphens_and_underscores_are_a_key(string text) => Assert.Equal(text, ClientKey.Parse(text)?.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdef\n")]
    [InlineData("0123456789abcdef ")]
    [InlineData("0123456789abcdeé")]
    [InlineData("\"><script>alert(1)</script>")]
    public void Anything_else_is_none(string? text) => Assert.Null(ClientKey.Parse(text));

    [Fact]
    public void A_key_has_at_most_64_characters()
    {
        Assert.NotNull(ClientKey.Parse(new string('x', 64)));
        Assert.Null(ClientKey.Parse(new string('x', 65)));
    }
}
