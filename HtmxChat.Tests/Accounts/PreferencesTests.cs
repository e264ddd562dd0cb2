using HtmxChat.Web.Accounts;

namespace HtmxChat.Tests.Accounts;

public sealed class PreferencesTests
{
    static readonly Preferences Unusual = new()
    {
        Theme = Theme.Dark,
        Density = Density.Compact,
        TimeFormat = TimeFormat.Hours12,
        Motion = Motion.Reduced,
        Announcements = Announcements.Mentions,
        Sounds = Sounds.All,
        SharesTyping = false,
        ShowsPreviews = false,
    };

    [Fact]
    public void What_is_stored_is_read_as_it_was()
    {
        Assert.Equal(Unusual, Preferences.Parse(Unusual.Stored()));
        Assert.Equal(new Preferences { Sounds = Sounds.Mentions }, Preferences.Parse(new Preferences { Sounds = Sounds.Mentions }.Stored()));
    }

    [Fact]
    public void Nothing_is_stored_of_what_is_as_usual()
    {
        Assert.Equal("", Preferences.Usual.Stored());
        Assert.Equal("""{"Density":"Compact"}""", new Preferences { Density = Density.Compact }.Stored());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"Theme\":\"Sepia\",\"Font\":\"large\"}")]
    [InlineData("{\"Theme\":2,\"SharesTyping\":false,\"Sounds\":null}")]
    [InlineData("{\"Theme\":\"2\",\"SharesTyping\":\"no\"}")]
    [InlineData("{\"Theme\":\"Light, Dark\"}")]
    public void What_is_not_known_is_as_usual(string? stored) => Assert.Equal(Preferences.Usual, Preferences.Parse(stored));

    [Fact]
    public void What_is_not_known_leaves_the_rest() => Assert.Equal(new Preferences { Theme = Theme.Light }, Preferences.Parse("""{"Density":"Huge","Theme":"Light"}"""));

    [Fact]
    public void A_page_is_told_what_is_not_as_usual()
    {
        Assert.Equal("", Preferences.Usual.Html().Value);
        Assert.Equal(
            " data-theme=\"dark\" data-density=\"compact\" data-clock=\"h12\" data-motion=\"reduced\" data-announces=\"mentions\" data-sounds=\"all\" data-typing=\"off\" data-previews=\"off\"",
            Unusual.Html().Value);
    }
}
