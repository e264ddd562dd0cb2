using System.Net;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class StreamedPageTests(SharedSite shared) : CarrierContract(shared, Carrier.Html)
{
    [Fact]
    public async Task The_page_opens_with_the_newest_messages_and_goes_on_without_repeating_one()
    {
        var room = await Shared.NewRoomAsync();
        await Shared.Ann.SayAsync(room, "Was there 1.", "Was there 2.");

        await using var bob = await Shared.Bob.ListenAsync(room, Carrier.Html);
        await bob.HearAsync("Was there 2.");
        await Shared.Ann.SayAsync(room, "New.");
        await bob.HearAsync("New.");

        Assert.Equal(["Was there 1.", "Was there 2.", "New."], bob.Messages);
    }

    [Fact]
    public async Task It_is_a_page_that_is_neither_kept_nor_held_back()
    {
        var room = await Shared.NewRoomAsync();

        await using var bob = Assert.IsType<ResponseReader>(await Shared.Bob.ListenAsync(room, Carrier.Html));

        Assert.Equal("text/html; charset=utf-8", bob.Header("Content-Type"));
        Assert.Equal("no-store", bob.Header("Cache-Control"));
        Assert.Equal("no", bob.Header("X-Accel-Buffering"));
    }

    [Fact]
    public async Task The_older_version_of_a_changed_message_is_hidden_by_a_style_sheet()
    {
        var style = await Shared.Bob.GetAsync("/live/superseded.css?id=m-57&seq=59");

        Assert.Equal("""#m-57:not([data-seq="59"]){display:none}#m-57[data-seq="59"]{display:revert}""", style.Text);
        Assert.StartsWith("text/css", style.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("m-1,body")]
    [InlineData("m-1{}body")]
    [InlineData("m-1%0A")]
    [InlineData("")]
    public async Task That_style_sheet_cannot_be_made_to_say_anything_else(string id) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Shared.Bob.GetAsync($"/live/superseded.css?seq=59&id={id}")).Status);

    protected override void SaysWhyItEnded(LiveReader ended, bool signedOut) => Assert.EndsWith("""<meta http-equiv="refresh" content="1">""", ended.Heard, StringComparison.Ordinal);
}
