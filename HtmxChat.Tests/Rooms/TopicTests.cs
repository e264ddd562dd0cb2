using HtmxChat.Web.Rooms;

namespace HtmxChat.Tests.Rooms;

public sealed class TopicTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u200b\n")]
    public void A_room_needs_no_topic(string? typed) => Assert.Equal(Topic.None, Topic.Parse(typed, out _));

    [Fact]
    public void Up_to_200_characters_are_taken_and_one_more_is_refused()
    {
        Assert.Equal(200, Topic.Parse(new string('x', 200), out var refusal)?.Text.Length);
        Assert.Null(refusal);

        Assert.Null(Topic.Parse(new string('x', 201), out refusal));
        Assert.Equal("That topic has 201 characters; please use at most 200.", refusal?.Words);
    }
}
