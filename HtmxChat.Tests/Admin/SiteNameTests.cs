using HtmxChat.Web.Admin;

namespace HtmxChat.Tests.Admin;

public sealed class SiteNameTests
{
    [Fact]
    public void Up_to_60_characters_are_taken_and_one_more_is_refused()
    {
        Assert.Equal(new string('x', 60), SiteName.Parse(new string('x', 60), out var refusal)?.Text);
        Assert.Null(refusal);

        Assert.Null(SiteName.Parse(new string('x', 61), out refusal));
        Assert.Contains("60", refusal?.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("\u200b\u200d")]
    public void A_site_has_to_be_called_something(string? typed)
    {
        Assert.Null(SiteName.Parse(typed, out var refusal));

        Assert.Contains("name", refusal?.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_kept_as_it_is_meant() => Assert.Equal("Tea & <b>biscuits</b> 👩\u200d🍳", SiteName.Parse(" Tea  &\u202e <b>biscuits</b> 👩\u200d🍳\n", out _)?.Text);
}
