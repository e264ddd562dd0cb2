namespace HtmxChat.Tests.Faults;

public sealed class LostAnswerTests
{
    /// <summary>The message is committed and its author does not learn of it, so it is sent again: at once, or after a restart.</summary>
    [Fact]
    public async Task What_is_sent_again_because_its_answer_was_lost_is_one_message()
    {
        await using var site = await FaultSite.StartBehindProxyAsync();
        var (ledger, times) = (new Ledger(), FaultLevel.Times(200, 10_000));
        var unanswered = new List<string>();
        for (var i = 0; i < times; i++)
        {
            var key = await LoseAnswerAsync(site, ledger, $"Message {i}");
            if (i % 2 == 0) ledger.IsAcknowledged(key, await site.Chat.PostAsync(key, ledger.Sent[key], Ct).Soon());
            else unanswered.Add(key);
        }

        await site.Server.KillAsync();
        await site.Server.StartAsync();
        foreach (var key in unanswered) ledger.IsAcknowledged(key, await site.Chat.PostAsync(key, ledger.Sent[key], Ct).Soon());

        var broken = await site.CheckAsync(ledger, [], TimeSpan.Zero);
        var stored = await site.Chat.StoredAsync(Ct);
        Assert.Equal(times, stored.Count);
        FaultLevel.Report("answer to a post lost after the commit, and the same sent again", site.Proxy.Swallowed, times, broken);
    }

    static async Task<string> LoseAnswerAsync(FaultSite site, Ledger ledger, string text)
    {
        var key = Guid.NewGuid().ToString("N");
        ledger.Sends(key, text);
        if (ledger.Sent.Count == 1) await site.Chat.LoadFormAsync(Ct);
        site.Proxy.SwallowsAnswers = true;
        await Assert.ThrowsAsync<IOException>(() => site.Chat.PostAsync(key, text, Ct).Soon());
        site.Proxy.SwallowsAnswers = false;
        return key;
    }
}
