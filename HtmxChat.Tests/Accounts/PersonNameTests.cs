using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class PersonNameTests
{
    [Fact]
    public void Up_to_40_characters_are_taken_and_one_more_is_refused()
    {
        Assert.Equal(new string('x', 40), PersonName.Parse(new string('x', 40), out var refusal)?.Text);
        Assert.Null(refusal);

        Assert.Null(PersonName.Parse(new string('x', 41), out refusal));
        Assert.Contains("40", refusal?.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("\u200b\u200d")]
    public void A_person_has_to_be_called_something(string? typed)
    {
        Assert.Null(PersonName.Parse(typed, out var refusal));

        Assert.Contains("name", refusal?.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_kept_as_it_is_meant() => Assert.Equal("Tea & <b>biscuits</b> 👩\u200d🍳", PersonName.Parse(" Tea  &\u202e <b>biscuits</b> 👩\u200d🍳\n", out _)?.Text);
}
