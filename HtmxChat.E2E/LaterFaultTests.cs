using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>These kill their server.</summary>
public sealed class LaterFaultTests(Chromium chromium) : IAsyncLifetime
{
    const int Count = 60;

    readonly Site site = new(chromium);

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_server_that_is_killed_while_it_sends_what_is_due_sends_each_once()
    {
        await using var database = new Database(site);
        var ann = await site.AnnAsync();
        await ann.EnterAsync();
        await database.ExecuteForEachAsync(
            "insert into scheduled (person_id, room_id, client_key, text, due_at_ms) values (1, 1, 'scheduled-before-' || @n, @text, 1)", [.. Enumerable.Range(1, Count).Select(n => $"number {n}")]);

        // Seen in the database: until a browser shows the first one, all may have been sent.
        while (await LeftAsync() == Count) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        await site.Server.KillAsync();
        Assert.InRange(await LeftAsync(), 1, Count - 1);
        await site.Server.StartAsync();
        await ann.BecomesLiveAsync();

        await Expect(ann.Messages).ToHaveCountAsync(Count);
        Assert.Equal(Count, (await ann.TextsAsync()).Distinct().Count());
        Assert.Equal($"{Count}", (await database.ReadAsync("select cast(count(*) as text) from messages where client_key like 'scheduled-%'"))[0]);

        async Task<int> LeftAsync() => int.Parse((await database.ReadAsync("select cast(count(*) as text) from scheduled"))[0], null);
    }
}
