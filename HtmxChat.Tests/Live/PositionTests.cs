using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class PositionTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        var position = new Position("k3v9q2ma", 57);

        Assert.Equal("k3v9q2ma.57", position.ToString());
        Assert.Equal(position, Position.Parse(position.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("57")]
    [InlineData(".57")]
    [InlineData("k3v9q2ma.")]
    [InlineData("k3v9q2ma.-1")]
    [InlineData("k3v9q2ma.1e3")]
    [InlineData("k3v9q2ma.99999999999999999999")]
    [InlineData("k3v9q2ma.5.7")]
    [InlineData("k3v9q2ma. 57")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.57")]
    public void Anything_else_is_no_position(string? text) => Assert.Null(Position.Parse(text));
}
