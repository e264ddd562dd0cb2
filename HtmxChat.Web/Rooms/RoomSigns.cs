using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// What a room's page says of the room itself: above the messages its name, icon and topic, and below them who writes. The
/// same bytes for every viewer, but for direct rooms, which each calls by the others' names.
/// </summary>
public sealed class RoomSigns(PartialRenderer partials)
{
    /// <summary>The id of the element above the messages.</summary>
    public const string HeadingId = "heading";

    /// <summary>The id of the element below them.</summary>
    public const string WritersId = "writers";

    /// <summary>The element with the name, the icon and the topic.</summary>
    public Task<OutsideElement> HeadingAsync(Room room, CancellationToken ct) => RenderAsync(RoomChange.HeadingChanged, new RoomSign(room, Seq: null), ct);

    /// <summary>The element that says who writes.</summary>
    public Task<OutsideElement> WritersAsync(Room room, CancellationToken ct) => RenderAsync(RoomChange.WritersChanged, new RoomSign(room, Seq: null), ct);

    /// <summary>The event that changed one of them, showing it as it is now.</summary>
    public async Task<LogEvent> EventAsync(Room room, long seq, RoomChange change, CancellationToken ct)
    {
        var element = await RenderAsync(change, new RoomSign(room, seq), ct);
        return new LogEvent(seq, LogEventKind.ReplaceOutside, element.Id, element.Html);
    }

    async Task<OutsideElement> RenderAsync(RoomChange change, RoomSign sign, CancellationToken ct)
    {
        var (id, partial) = change == RoomChange.WritersChanged ? (WritersId, "/Rooms/_Writers.cshtml") : (HeadingId, "/Rooms/_Heading.cshtml");
        return new(id, Encoding.UTF8.GetBytes((await partials.RenderAsync(partial, sign, ct)).TrimEnd()));
    }
}
