using HtmxChat.E2E;

namespace HtmxChat.Tests.Faults;

public sealed class SecondProcessTests
{
    [Fact]
    public async Task A_second_server_on_the_same_file_refuses_to_start_and_says_why_and_the_first_goes_on()
    {
        await using var site = await FaultSite.StartAsync();
        var folder = Path.GetDirectoryName(site.Server.Database)!;
        await using var second = ChatServer.On(folder);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(second.StartAsync);

        Assert.Contains($"ended with 1 before it was ready:\nHtmxChat is running already with {site.Server.Database}.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await site.Chat.PostAsync(Guid.NewGuid().ToString("N"), "As ever.", Ct));

        await site.Server.KillAsync();
        await second.StartAsync();
    }
}
