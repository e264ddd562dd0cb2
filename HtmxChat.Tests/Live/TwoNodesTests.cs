using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Live;

/// <summary>Two nodes on one database that tell each other nothing: what one commits, the other has to find.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task What_another_node_commits_is_heard_once_although_nobody_says_so()
    {
        await using var here = await ChatSite.StartEmptyAsync();
        await using var there = await here.StartOtherNodeAsync();
        var ann = await here.SetUpByAnnAsync();
        var room = new RoomId(1);
        await using var listening = await ann.ListenAsync(room, Carrier.WebSocket, await ann.PositionAsync(room));

        await ann.At(there.Address).SayAsync(room, "From the other node.");

        // Opened while this node may not have found it yet: its list has the message, and its log will bring it.
        await using var streamed = await ann.ListenAsync(room, Carrier.Html);
        await listening.HearAsync("From the other node.");
        await ann.SayAsync(room, "From here.");
        foreach (var reader in new[] { listening, streamed })
        {
            await reader.HearAsync("From here.");
            Assert.Equal(["From the other node.", "From here."], reader.Messages);
        }
    }
}
