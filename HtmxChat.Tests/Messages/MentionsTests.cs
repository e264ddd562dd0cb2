using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Messages;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("Hello @ada.byron, and you, @Bob!", "ADA.BYRON", "BOB")]
    [InlineData("Ask @ada.", "ADA.", "ADA")]
    [InlineData("(@ada)", "ADA")]
    [InlineData("@Åsa", "ÅSA")]
    [InlineData("@ada @ADA", "ADA")]
    [InlineData("Write to ada@example.org or @ nobody, or @@")]
    [InlineData("No one")]
    public void Whom_a_text_calls(string text, params string[] handles) => Assert.Equal(handles, Mentions.In(text));

    [Fact]
    public void A_text_calls_no_more_than_20() => Assert.Equal(20, Mentions.In(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"@p{i}"))).Count);
}
