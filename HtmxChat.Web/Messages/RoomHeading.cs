using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>The room's name as its page shows it: the same bytes for every viewer.</summary>
public sealed class RoomHeading(PartialRenderer partials)
{
    const string ElementId = "room-name";

    /// <summary>The element that says what the room is called.</summary>
    public async Task<OutsideElement> RenderAsync(string name, CancellationToken ct) =>
        new(ElementId, Encoding.UTF8.GetBytes((await partials.RenderAsync("/Messages/_RoomName.cshtml", name, ct)).TrimEnd()));

    /// <summary>The event that the room was given this name.</summary>
    public async Task<LogEvent> EventAsync(long seq, string name, CancellationToken ct)
    {
        var element = await RenderAsync(name, ct);
        return new LogEvent(seq, LogEventKind.ReplaceOutside, element.Id, element.Html);
    }
}
