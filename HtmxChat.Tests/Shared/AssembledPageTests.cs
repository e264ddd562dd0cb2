using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace HtmxChat.Tests.Shared;

public sealed partial class AssembledPageTests(SharedSite shared)
{
    [Theory]
    [InlineData("gzip, deflate, br", "gzip")]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP;q=0.5", "gzip")]
    [InlineData("*", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip;q=0, br", "br")]
    [InlineData("gzip;q=0, *", "br")]
    [InlineData("gzip;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("", null)]
    [InlineData("*;q=0", null)]
    [InlineData("nonsense;;q=x", null)]
    [InlineData(null, null)]
    public async Task A_page_is_the_same_in_whatever_form_the_browser_asks_for(string? accepts, string? form)
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, Enumerable.Range(0, 50).Select(i => $"Number {i} – of many."));

        foreach (var path in new[] { $"/rooms/{room}", $"/rooms/{room}?before=30" })
        {
            var plain = await shared.Ann.GetAsync(path);
            Assert.InRange(plain.Messages.Count(), 20, 40);

            var (body, answer) = await shared.Ann.GetRawAsync(path, accepts);

            Assert.Equal((form, "Accept-Encoding"), (answer.Header("Content-Encoding"), answer.Header("Vary")));
            Assert.Equal(Lasting(plain.Text), Lasting(Unpack(body, form)));
            if (form != "br") Assert.Equal($"{body.Length}", answer.Header("Content-Length"));
        }
    }

    [Fact]
    public async Task A_character_that_is_none_cannot_be_mistaken_for_the_place_of_the_list()
    {
        var room = await shared.Ann.NewRoomAsync("No\uFFFEthing", "at\uFFFEall");
        await shared.Bob.SayAsync(room, "nor \uFFFE here");

        var page = await shared.Ann.GetAsync($"/rooms/{room}");

        Assert.Equal(("No\uFFFEthing", "at\uFFFEall"), (page.TextOf("h1"), page.TextOf(".topic")));
        Assert.Equal(["nor \uFFFE here"], page.Messages);
    }

    static string Unpack(byte[] body, string? form)
    {
        using Stream stream = form switch
        {
            "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
            "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
            _ => new MemoryStream(body),
        };
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }

    // Each form has a key of its own, and other tests make rooms and talk in them meanwhile.
    static string Lasting(string page) => KeyOrRooms.Replace(page, "");

    [GeneratedRegex("""name="key" value="[^"]+" |<div id="room-list">.*?</div>\s*<data id="shown" [^>]*>""", RegexOptions.Singleline)]
    static partial Regex KeyOrRooms { get; }
}
