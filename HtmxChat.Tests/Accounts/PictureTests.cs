using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using NetVips;

namespace HtmxChat.Tests.Accounts;

public sealed class PictureTests(SharedSite shared)
{
    const string Canary = "taken at home";

    static int people;

    [Fact]
    public async Task An_upload_is_cut_to_a_square_shown_everywhere_kept_for_ever_and_can_be_removed()
    {
        var dora = await NewPersonAsync();
        var room = await shared.NewRoomAsync();
        await dora.SayAsync(room, "Look at me.");
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll("img"));

        Assert.Equal((HttpStatusCode.SeeOther, "/account?saved"), await UploadAsync(dora, Photograph(600, 400)));

        var page = await shared.Bob.GetAsync($"/rooms/{room}");
        var address = page.Only(".by img.face").GetAttribute("src")!;
        Assert.Equal("", page.Only(".by img.face").GetAttribute("alt"));
        Assert.Equal(address, (await dora.GetAsync("/account")).Only("main img").GetAttribute("src"));
        var (bytes, answer) = await shared.Bob.GetRawAsync(address, acceptEncoding: "br");
        Assert.Equal(("image/webp", "nosniff", "max-age=31536000, private, immutable"), (answer.Header("Content-Type"), answer.Header("X-Content-Type-Options"), answer.Header("Cache-Control")));
        using var kept = Image.NewFromBuffer(bytes);
        Assert.Equal((PictureFile.Side, PictureFile.Side), (kept.Width, kept.Height));

        await using var listening = await dora.ListenAsync(room, Carrier.WebSocket, await dora.PositionAsync(room));
        await UploadAsync(dora, Photograph(300, 900));
        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);
        var other = (await shared.Bob.GetAsync($"/rooms/{room}")).Only(".by img.face").GetAttribute("src")!;
        Assert.NotEqual(address, other);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync(address)).Status);

        await dora.SubmitAsync(await dora.GetAsync("/account"), "/account?handler=RemovePicture");
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll("img"));
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync(other)).Status);
    }

    [Fact]
    public void Nothing_of_an_upload_is_kept_but_what_can_be_seen_and_it_is_turned_as_the_camera_was_held()
    {
        var upload = Photograph(400, 400);
        Assert.Contains(Canary, Encoding.Latin1.GetString(upload), StringComparison.Ordinal);

        var kept = PictureFile.Read(upload, out var refusal)!;

        Assert.Null(refusal);
        Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        using var picture = Image.NewFromBuffer(kept);
        Assert.DoesNotContain(picture.GetFields(), f => f.StartsWith("exif", StringComparison.Ordinal) || f.Contains("icc", StringComparison.Ordinal) || f.Contains("xmp", StringComparison.Ordinal));

        // Its left half is dark. Held upside down, the right one is.
        Assert.True(picture.Getpoint(20, 96)[0] > 200);
        Assert.True(picture.Getpoint(170, 96)[0] < 50);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".gif")]
    public void Other_kinds_are_taken_and_keep_what_shines_through(string kind)
    {
        using var clear = Image.Black(50, 50, bands: 4).Copy(interpretation: Enums.Interpretation.Srgb);

        var kept = PictureFile.Read(clear.WriteToBuffer(kind), out var refusal);

        Assert.Null(refusal);
        using var picture = Image.NewFromBuffer(kept!);
        Assert.Equal((192, 192, 4), (picture.Width, picture.Height, picture.Bands));
    }

    public static TheoryData<string, byte[], string> NoPictures => new()
    {
        { "nothing", [], "Please choose a picture." },
        { "text", "GIF is a format."u8.ToArray(), "That is no picture" },
        { "a drawing", """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>"""u8.ToArray(), "That is no picture" },
        { "a page that begins as a picture", [0xFF, 0xD8, 0xFF, .. "<script>1</script>"u8], "That is no picture" },
        { "the beginning of one", Photograph(300, 300)[..100], "That is no picture" },
        { "a bomb", Previews.Pngs.Bomb(50_000, 50_000), "That picture has 50,000 by 50,000 points" },
        { "a wide bomb", Previews.Pngs.Bomb(2_000_000_000, 1), "" },
    };

    [Theory]
    [MemberData(nameof(NoPictures), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_picture_or_too_much_of_one_is_refused_in_words_before_it_is_decoded(string what, byte[] upload, string words)
    {
        var dora = await NewPersonAsync();

        var before = GC.GetTotalAllocatedBytes();
        var answer = await PostAsync(dora, upload);

        Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity, what);
        Assert.StartsWith(words, answer.TextOf("#picture-problem"), StringComparison.Ordinal);
        Assert.NotEmpty(answer.TextOf("#picture-problem"));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
        Assert.StartsWith("Dora", answer.Field("Name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_several_megabytes_is_taken_and_a_larger_one_is_not_even_read()
    {
        var dora = await NewPersonAsync();
        byte[] large = [.. Photograph(500, 500), .. new byte[PictureFile.MaxBytes - 100_000]];

        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(dora, large)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(dora, [.. large, .. new byte[100_000]])).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(dora, new byte[5 * PictureFile.MaxBytes], ("Expect", "100-continue"))).Status);
    }

    async Task<Browser> NewPersonAsync() => await shared.Site.JoinAsync(shared.Ann, $"Dora Picture {Interlocked.Increment(ref people)}");

    static async Task<(HttpStatusCode, string?)> UploadAsync(Browser browser, byte[] upload)
    {
        var answer = await PostAsync(browser, upload);
        return (answer.Status, answer.Location);
    }

    static async Task<Answer> PostAsync(Browser browser, byte[] upload, params (string Name, string Value)[] headers)
    {
        var page = await browser.GetAsync("/account");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.Page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(upload) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "Picture", "me.png" },
        };
        return await browser.SendAsync(HttpMethod.Post, "/account?handler=Picture", content, headers);
    }

    // Dark at its left, light at its right, and taken with the camera upside down.
    static byte[] Photograph(int width, int height)
    {
        using var dark = Image.Black(width / 2, height, bands: 3);
        using var both = dark.Join(dark.Linear([1.0], [255.0]), Enums.Direction.Horizontal).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var turned = both.Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-ImageDescription", Canary);
            m.Set(GValue.GIntType, "orientation", 3);
        });
        return turned.JpegsaveBuffer(q: 90);
    }
}
