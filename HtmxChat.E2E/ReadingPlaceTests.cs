using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What somebody is reading stays where it is, whatever comes, or grows above and below it.</summary>
public sealed class ReadingPlaceTests(PreviewSite site) : IClassFixture<PreviewSite>
{
    const float Most = 1;

    [Fact]
    public async Task It_stays_when_something_above_it_is_edited_gets_a_reaction_or_a_preview_with_a_picture()
    {
        var (fay, gus, text) = await ReadingAsync("Above");
        await HoldsAsync(text, () => EditAsync(gus, fay, 62, Tall(12)));
        await HoldsAsync(text, () => EditAsync(gus, fay, 62, "short again"));
        await HoldsAsync(text, () => ReactAsync(gus, fay, 63));

        var goesOn = await fay.HoldAsync("**/preview.webp*");
        await HoldsAsync(text, async () =>
        {
            await EditAsync(gus, fay, 64, $"{site.NewPage("Tea for two", "What one needs for it", picture: true)}");
            await Expect(fay.Page.Locator("#m-64 .preview b")).ToHaveTextAsync("Tea for two");
        });
        await HoldsAsync(text, async () =>
        {
            goesOn.SetResult();
            await fay.Page.WaitForFunctionAsync("() => document.querySelector('#m-64 .preview img').naturalWidth > 0");
        });
    }

    [Fact]
    public async Task It_stays_when_something_below_it_grows_and_when_something_is_said()
    {
        var (fay, gus, text) = await ReadingAsync("Below");
        await HoldsAsync(text, () => EditAsync(gus, fay, 98, Tall(12)));
        await HoldsAsync(text, () => ReactAsync(gus, fay, 97));
        await HoldsAsync(text, async () =>
        {
            await gus.PostManyAsync("new", 3, RoomOf(fay));
            await Expect(fay.Page.Locator("#newest")).ToHaveTextAsync("3 new messages");
        });
    }

    [Fact]
    public async Task It_stays_when_a_message_grows_whose_beginning_is_out_of_sight()
    {
        var (fay, gus, text) = await ReadingAsync("In part");
        await EditAsync(gus, fay, 69, Tall(12));
        await fay.Page.EvaluateAsync("scroller.scrollTop -= 60"); // its last lines are to be seen
        await HoldsAsync(text, () => ReactAsync(gus, fay, 69));
        await HoldsAsync(text, () => EditAsync(gus, fay, 69, Tall(20)));
        await HoldsAsync(text, () => EditAsync(gus, fay, 69, "short again"));

        // One that is higher than all that can be seen is what is read itself.
        var high = fay.Page.Locator("#m-69 .text");
        await EditAsync(gus, fay, 69, Tall(100));
        await high.EvaluateAsync("text => { text.scrollIntoView(); scroller.scrollTop += 200; }");
        await HoldsAsync(high, () => EditAsync(gus, fay, 62, Tall(12)));
        await HoldsAsync(high, () => EditAsync(gus, fay, 69, Tall(110)));
    }

    [Fact]
    public async Task It_stays_when_older_messages_come()
    {
        var (fay, _, text) = await ReadingAsync("Older");
        await HoldsAsync(text, async () =>
        {
            await fay.Page.Locator(".older a").EvaluateAsync("link => link.click()"); // to point there would be to scroll there
            await fay.SeesAsync("line 22");
        });

        // They come by themselves when the beginning of what is there can be seen.
        var goesOn = await fay.HoldAsync("**/older*");
        await fay.Page.EvaluateAsync("scroller.scrollTop = -scroller.scrollHeight");
        await HoldsAsync(fay.MessageSaying("line 22").Locator(".text"), async () =>
        {
            goesOn.SetResult();
            await fay.SeesAsync("line 1");
        });
    }

    async Task<(Visitor Fay, Visitor Gus, ILocator Text)> ReadingAsync(string name)
    {
        var (fay, gus) = (await site.JoinAsync($"Fay in {name}"), await site.JoinAsync($"Gus in {name}"));
        var room = await fay.CreateRoomAsync(name);
        await gus.PostManyAsync("line", 100, room);
        await fay.EnterAsync(room);
        var text = fay.MessageSaying("line 70").Locator(".text");
        await text.EvaluateAsync("text => text.scrollIntoView()"); // at the top: what is edited above it is out of sight
        return (fay, gus, text);
    }

    static string Tall(int lines) => string.Join('\n', Enumerable.Range(1, lines).Select(i => $"and more {i}"));

    static async Task HoldsAsync(ILocator text, Func<Task> happens)
    {
        var before = (await text.BoundingBoxAsync())!.Y;
        await happens();
        Assert.Equal(before, (await text.BoundingBoxAsync())!.Y, tolerance: Most);
        await Expect(text).ToBeInViewportAsync();
    }

    // They are the first that were said in their room, so each has its number.
    static async Task EditAsync(Visitor author, Visitor reader, int seq, string text)
    {
        await author.EditAsync(RoomOf(reader), seq, text);
        await Expect(reader.Page.Locator($"#m-{seq} .text")).ToContainTextAsync(text.Split('\n')[^1]);
    }

    static async Task ReactAsync(Visitor author, Visitor reader, int seq)
    {
        await author.ReactAsync(RoomOf(reader), seq);
        await Expect(reader.Page.Locator($"#m-{seq} .reaction")).ToHaveCountAsync(1);
    }

    static int RoomOf(Visitor reader) => int.Parse(reader.Page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
}
