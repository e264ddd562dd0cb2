using System.Net;

namespace HtmxChat.Tests.Messages;

public sealed class MessageSourceTests(SharedSite shared)
{
    [Fact]
    public async Task It_is_the_text_as_it_was_typed_and_nothing_that_a_browser_would_show_as_a_page()
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, "**bold**\n<b>x</b>");

        var source = await shared.Ann.GetAsync($"/rooms/{room}/messages/1/source");

        Assert.Equal((HttpStatusCode.OK, "**bold**\n<b>x</b>"), (source.Status, source.Text));
        Assert.StartsWith("text/plain", source.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("nosniff", source.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Of_what_was_deleted_or_never_was_there_is_none()
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, "gone");
        await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/delete");

        foreach (var seq in new[] { 1, 2, 99 }) Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync($"/rooms/{room}/messages/{seq}/source")).Status);
    }
}
