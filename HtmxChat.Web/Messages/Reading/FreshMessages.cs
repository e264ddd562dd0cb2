using System.Globalization;
using System.Text;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Reading;

/// <summary>What others have said in a room since somebody was there.</summary>
/// <param name="After">Up to which event they have read.</param>
/// <param name="First">The first message.</param>
/// <param name="Count">How many; at most <see cref="MostCounted"/>.</param>
public sealed record FreshMessages(long After, long First, int Count)
{
    public const int MostCounted = 1_000;

    /// <summary>What stands above the first of them.</summary>
    public const string Words = "New since you were here";

    /// <summary>The id of the line above the first of them.</summary>
    public const string LineId = "fresh";

    /// <summary>Where they begin: in the list, where that shows the first of them, else on the page that does.</summary>
    public string Link(RoomId room, ReadOnlySpan<byte> list) =>
        list.IndexOf(Encoding.UTF8.GetBytes($"<article id=\"{Message.ElementIdOf(First)}\"")) >= 0 ? $"#{Message.ElementIdOf(First)}" : PathOf(room);

    /// <summary>The page that begins with them.</summary>
    public string PathOf(RoomId room) => string.Create(CultureInfo.InvariantCulture, $"/rooms/{room.Value}?after={After}");
}
