using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Web.Rooms;

/// <summary>A room as it stands in somebody's list.</summary>
public sealed record ListedRoom(Room Room, Involvement Involvement, bool IsFavourite)
{
    /// <summary>What has happened in it since they were there.</summary>
    public RoomMark Mark { get; init; }

    /// <summary>Whether the person has typed something in it that is not sent.</summary>
    public bool HasDraft { get; init; }

    /// <summary>Whether the other one in a direct room of two is here; null in every other room.</summary>
    public Presence? Presence { get; init; }

    /// <summary>The mark on the page.</summary>
    public OutsideElement MarkElement
    {
        get
        {
            var number = Mark.Unread > RoomMark.MostCounted ? $"{RoomMark.MostCounted}+" : $"{Mark.Unread}";
            var inside =
                Mark is { IsMentioned: true, Unread: 0 } ? "<b class=\"at\">@<span class=\"unseen\"> you are mentioned</span></b>" :
                Mark.IsMentioned ? $"<b class=\"at\">@{number}<span class=\"unseen\"> unread, you are mentioned</span></b>" :
                Mark.Unread > 0 ? $"<b>{number}<span class=\"unseen\"> unread</span></b>" : "";
            var draft = Mark.HasDraft ? "<i class=\"pencil\"><span class=\"unseen\"> draft </span></i>" : "";
            return Element($"mark-{Room.Id}", "mark", draft + inside);
        }
    }

    /// <summary>Whether the other one is here, on the page.</summary>
    public OutsideElement PresenceElement => Element($"here-{Room.Id}", $"dot {Presence.ToString()!.ToLowerInvariant()}", $"<span class=\"unseen\">{Presence.ToString()!.ToLowerInvariant()}</span>");

    static OutsideElement Element(string id, string kind, string inside) => new(id, Encoding.UTF8.GetBytes($"<span id=\"{id}\" class=\"{kind}\">{inside}</span>"));
}
