using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Mentions;

public sealed class MentionedHandlesTests
{
    [Theory]
    [InlineData("Hello @ada.byron, and you, @Bob!", "ADA.BYRON", "BOB")]
    [InlineData("Ask @ada.", "ADA.", "ADA")]
    [InlineData("(@ada)", "ADA")]
    [InlineData("@Åsa", "ÅSA")]
    [InlineData("@ada @ADA", "ADA")]
    [InlineData("Write to ada@example.org or @ nobody, or @@")]
    [InlineData("`@ada` and\n```\n@bob\n```\nand @carol", "CAROL")]
    [InlineData("@room, and @Ada", "ADA")]
    [InlineData("No one")]
    public void Whom_a_text_calls(string text, params string[] handles) => Assert.Equal(handles, MentionedHandles.In(text));

    [Theory]
    [InlineData("@room!", true)]
    [InlineData("(@Room.)", true)]
    [InlineData("`@room`", false)]
    [InlineData("@roommate, the@room", false)]
    public void Whether_it_calls_everybody(string text, bool calls) => Assert.Equal(calls, MentionedHandles.IsRoom(text));

    [Fact]
    public void Who_is_called_is_kept_by_the_handle_as_the_text_has_it()
    {
        var mentioned = MentionedHandles.Of("@Ada. and @room, not @eve", new Dictionary<string, PersonId> { ["ADA"] = new(5), ["BOB"] = new(7) });

        Assert.Equal("5:Ada *", mentioned.Stored);
        Assert.Equal(mentioned.Stored, Mentioned.Parse(mentioned.Stored).Stored);
        Assert.Null(Mentioned.Nobody.Stored);
    }

    [Fact]
    public void A_text_calls_no_more_than_20() => Assert.Equal(20, MentionedHandles.In(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"@p{i}"))).Count);
}
