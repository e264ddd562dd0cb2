using HtmxChat.E2E;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Faults;

/// <summary>A room of a site that has several nodes.</summary>
/// <param name="Chat">By way of nginx, on whichever node that chooses.</param>
sealed record NodeRoom(RoomId Id, HttpChat Chat)
{
    /// <summary>The room on one node, past nginx.</summary>
    public HttpChat On(ChatServer node) => Chat.At(new Uri(node.Url));

    /// <summary>So many readers on each of two nodes.</summary>
    public async Task<List<Viewer>> ViewersOnAsync(ChatServer one, ChatServer other, int onEach) =>
        [.. await Viewer.ArriveAsync(On(one), onEach), .. await Viewer.ArriveAsync(On(other), onEach)];
}
