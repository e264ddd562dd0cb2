using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages;

public sealed class LivePostTests(SharedSite shared)
{
    [Fact]
    public async Task What_is_posted_is_acknowledged_with_its_number_and_heard_by_its_author_too()
    {
        var (room, ann) = await OpenAsync();
        await using var _ = ann;

        await ann.SayAsync("""{"key":"0123456789abcdef","text":"Good morning."}""");
        await ann.HearAsync("Good morning.");
        await ann.HearAsync("""{"ack":"0123456789abcdef","seq":1}""");

        Assert.Equal(["Good morning."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Whatever_else_htmx_sends_along_is_not_read()
    {
        var (room, ann) = await OpenAsync();
        await using var _ = ann;
        var key = ClientKey.New().Text;

        await ann.SayAsync($$"""{"headers":{"HX-Request":"true","text":"not this"},"__RequestVerificationToken":"x","text":"This.","key":"{{key}}"}""");
        await ann.HearAsync("\"ack\"");

        Assert.Equal(["This."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task A_post_may_go_into_a_thread_and_into_the_room_too()
    {
        var (room, ann) = await OpenAsync();
        await using var _ = ann;
        await ann.SayAsync($$"""{"key":"{{ClientKey.New().Text}}","text":"Root."}""");
        await ann.HearAsync("\"seq\":1}");

        await ann.SayAsync($$"""{"key":"{{ClientKey.New().Text}}","text":"Aside.","thread":"1","also":""}""");
        await ann.HearAsync("\"seq\":2}");
        await ann.SayAsync($$"""{"key":"{{ClientKey.New().Text}}","text":"For all.","thread":1,"also":true}""");
        await ann.HearAsync("\"seq\":4}");

        Assert.Equal(["Root.", "For all."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
        Assert.Equal(["Root.", "Aside.", "For all."], (await shared.Bob.GetAsync($"/rooms/{room}/messages/1/thread")).Messages);
    }

    [Fact]
    public async Task Posting_again_with_the_same_key_is_acknowledged_with_the_same_number()
    {
        var (room, ann) = await OpenAsync();
        await using var _ = ann;
        var post = $$"""{"key":"{{ClientKey.New().Text}}","text":"Once."}""";

        foreach (var attempt in new[] { 1, 2, 3 }) await ann.SayAsync(post);
        await ann.SayAsync($$"""{"key":"{{ClientKey.New().Text}}","text":"Last."}""");
        await ann.HearAsync("\"seq\":2");

        Assert.Equal(3, ann.Heard.Split("\"seq\":1}").Length - 1);
        Assert.Equal(["Once.", "Last."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task A_key_that_another_text_was_sent_with_is_refused()
    {
        var (_, ann) = await OpenAsync();
        await using var __ = ann;
        var key = ClientKey.New().Text;

        await ann.SayAsync($$"""{"key":"{{key}}","text":"One text."}""");
        await ann.HearAsync("\"ack\"");
        await ann.SayAsync($$"""{"key":"{{key}}","text":"Another text."}""");

        await ann.HearAsync($$"""{"refused":"{{key}}","why":"{{PostWords.KeyUsedBefore}}"}""");
    }

    [Theory]
    [InlineData("""not JSON""")]
    [InlineData("")]
    [InlineData("""{"key":"0123456789abcdef","text":""")]
    [InlineData("""[]""")]
    [InlineData("""7""")]
    [InlineData("""null""")]
    [InlineData("""{}""")]
    [InlineData("""{"key":null,"text":null}""")]
    [InlineData("""{"key":7,"text":["x"]}""")]
    [InlineData("""{"key":"short","text":"x"}""")]
    [InlineData("""{"key":"0123456789abcdef","text":"  \n "}""")]
    [InlineData("""{"key":"0123456789abcdef","text":"\ud800"}""")]
    public async Task What_makes_no_sense_is_refused_and_the_connection_goes_on(string message)
    {
        var (room, ann) = await OpenAsync();
        await using var _ = ann;

        await ann.SayAsync(message);
        await ann.HearAsync("{\"refused\":");

        await shared.Bob.SayAsync(room, "Still there?");
        await ann.HearAsync("Still there?");
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_in_words_that_say_how_long_it_may_be()
    {
        var (_, ann) = await OpenAsync();
        await using var __ = ann;

        await ann.SayAsync($$"""{"key":"0123456789abcdef","text":"{{new string('x', Draft.MaxLength + 1)}}"}""");

        await ann.HearAsync("That is 10,001 characters, and a message can have 10,000.");
        Assert.Contains("\"refused\":\"0123456789abcdef\"", ann.Heard, StringComparison.Ordinal);
    }

    async Task<(RoomId Room, SocketReader Ann)> OpenAsync()
    {
        var room = await shared.NewRoomAsync();
        return (room, (SocketReader)await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room)));
    }
}
