using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("ann", "A")]
    [InlineData("Ann of Cleves", "AC")]
    [InlineData("анна каренина", "АК")]
    [InlineData("👩\u200d🚀 Ann", "👩\u200d🚀A")]
    [InlineData("e\u0301mile zola", "E\u0301Z")]
    [InlineData("", "")]
    public void They_are_what_a_reader_sees_as_the_first_letters_of_the_first_and_the_last_word(string name, string expected) =>
        Assert.Equal(expected, Initials.Of(name));
}
