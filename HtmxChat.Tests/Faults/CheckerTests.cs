namespace HtmxChat.Tests.Faults;

/// <summary>The checker finds every way in which the promise can be broken, and nothing where it is kept.</summary>
public sealed class CheckerTests
{
    [Fact]
    public async Task A_server_that_keeps_the_promise_is_found_to_keep_it() => Assert.Empty(await RunAsync(new FlawedChat(Flaw.None)));

    [Theory]
    [InlineData(nameof(Flaw.Drops), "not shown 10")]
    [InlineData(nameof(Flaw.Doubles), "is stored 2 times")]
    [InlineData(nameof(Flaw.Swaps), "Message 9 came after 10")]
    [InlineData(nameof(Flaw.AcknowledgesBeforeCommit), "was acknowledged, and is not stored so")]
    [InlineData(nameof(Flaw.ResumesByTime), "not shown")]
    public async Task A_server_that_breaks_it_is_found_out(string flaw, string finding) =>
        Assert.Contains(await RunAsync(new FlawedChat(Enum.Parse<Flaw>(flaw))), found => found.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public void A_page_that_is_not_as_a_fresh_one_is_found_out()
    {
        var (ledger, fresh) = (new Ledger(), Page(2, "<article id=\"m-1\">One, edited.</article><article id=\"m-2\">Two.</article>"));
        StoredMessage[] stored = [new(1, 1, "a", "One, edited."), new(2, 1, "b", "Two.")];
        foreach (var message in stored) ledger.Sends(message.Key, message.Text);

        Assert.Empty(Checker.Check(ledger, stored, fresh, [fresh]));
        Assert.Contains("newest messages", Only(Page(2, "<article id=\"m-1\">One.</article><article id=\"m-2\">Two.</article>")), StringComparison.Ordinal);
        Assert.Contains("stands at", Only(Page(1, "<article id=\"m-1\">One, edited.</article><article id=\"m-2\">Two.</article>")), StringComparison.Ordinal);

        string Only(ShownPage page) => Assert.Single(Checker.Check(ledger, stored, fresh, [page]));
    }

    // Two readers, thirty messages of which some are sent twice, and a cut after every seventh, with one said before the readers are back.
    static async Task<IReadOnlyList<string>> RunAsync(FlawedChat chat)
    {
        var ledger = new Ledger();
        var poster = new Poster(chat, ledger, "Ann");
        await using var first = new Viewer(chat);
        await using var second = new Viewer(chat);
        await first.ArriveAsync(Ct);
        await second.ArriveAsync(Ct);
        for (var i = 1; i <= 30; i++)
        {
            await Task.WhenAll(first.ConnectsAsync(1 + (i - 2) / 7, Ct), second.ConnectsAsync(1 + (i - 2) / 7, Ct)).Soon();
            await poster.SayAsync(Ct);
            var key = ledger.Sent.Keys.Single(k => ledger.Sent[k] == $"Ann {i}");
            if (i % 5 == 0) ledger.IsAcknowledged(key, await chat.PostAsync(key, ledger.Sent[key], Ct));
            if (i % 7 == 0) chat.Cut();
        }
        await poster.SayAsync(Ct);

        var fresh = ShownPage.Load(await chat.LoadAsync(Ct));
        await first.ReachesAsync(fresh.Position, Ct).Soon();
        await second.ReachesAsync(fresh.Position, Ct).Soon();
        return Checker.Check(ledger, await chat.StoredAsync(Ct), fresh, [first.Page, second.Page]);
    }

    static ShownPage Page(long seq, string articles) =>
        ShownPage.Load($"""<h1 id="room-name">Room</h1><div id="messages">{articles}</div><data id="position" value="k3v9q2ma.{seq}"></data>""");
}
