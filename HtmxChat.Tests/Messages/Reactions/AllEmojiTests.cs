using HtmxChat.Web.Messages.Reactions;

namespace HtmxChat.Tests.Messages.Reactions;

public sealed class AllEmojiTests
{
    [Fact]
    public void All_of_Unicode_are_there_in_nine_groups()
    {
        Assert.Equal(["smileys & emotion", "people & body", "animals & nature", "food & drink", "travel & places", "activities", "objects", "symbols", "flags"], AllEmoji.Groups);
        Assert.InRange(AllEmoji.Groups.Sum(g => AllEmoji.Of(g).Count()), 1_900, 2_500);
        Assert.All(AllEmoji.Usual, e => Assert.Equal(e, AllEmoji.Find(e)));
    }

    [Theory]
    [InlineData("❤", "❤️")] // as some keyboards give it
    [InlineData("❤️", "❤️")]
    [InlineData("👍️", "👍")]
    [InlineData("👍🏽", "👍🏽")]
    [InlineData("👩‍💻", "👩‍💻")]
    [InlineData("🏳️‍🌈", "🏳️‍🌈")]
    [InlineData("🇩🇪", "🇩🇪")]
    [InlineData("1️⃣", "1️⃣")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("1", null)]
    [InlineData("a", null)]
    [InlineData("👍👍", null)]
    [InlineData("👍\n", null)]
    [InlineData("👍 1", null)]
    [InlineData("<b>", null)]
    [InlineData("🏽", null)]
    public void Emoji_are_told_from_whatever_else_is_sent(string? text, string? expected) => Assert.Equal(expected, AllEmoji.Find(text));

    [Theory]
    [InlineData("thumbs up", "👍")]
    [InlineData("THUMB", "👍")]
    [InlineData("+1", "👍")]
    [InlineData("party", "🎉")]
    [InlineData("tada", "🎉")]
    [InlineData("lol", "😂")]
    [InlineData("germany", "🇩🇪")]
    [InlineData("heart red", "❤️")]
    public void They_are_found_by_their_names_and_other_words(string words, string expected) => Assert.Contains(expected, AllEmoji.Search(words).Select(e => e.Text));

    [Fact]
    public void Those_of_that_name_come_first() => Assert.StartsWith("cat", AllEmoji.Search("cat").First().Name, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("xyzzy")]
    public void Nothing_is_found_by_nothing(string words) => Assert.Empty(AllEmoji.Search(words));

    [Fact]
    public void Hands_have_the_five_tones_and_faces_have_none()
    {
        Assert.Equal(["👍", "👍🏻", "👍🏼", "👍🏽", "👍🏾", "👍🏿", "👍"], Enumerable.Range(0, 7).Select(AllEmoji.Describe("👍🏽")!.In));
        Assert.Equal("😂", AllEmoji.Describe("😂")!.In(3));
        Assert.Equal((3, 0, 0), (AllEmoji.ToneOf("👍🏽"), AllEmoji.ToneOf("👍"), AllEmoji.ToneOf("😂")));
    }
}
