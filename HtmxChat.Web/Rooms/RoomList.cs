using System.Globalization;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>The rooms at the side of a page.</summary>
/// <param name="Current">The one that the page shows.</param>
public sealed record RoomList(IReadOnlyList<ListedRoom> Rooms, RoomId Current)
{
    /// <summary>In how many of the threads that they follow there is something new.</summary>
    public int Threads { get; init; }

    /// <summary>The id of the element with the list.</summary>
    public const string ElementId = "room-list";

    /// <summary>The id of the element with the <see cref="Shown"/>.</summary>
    public const string ShownId = "shown";

    /// <summary>The id of the element with the <see cref="MentionsElement"/>.</summary>
    public const string MentionsId = "mentions";

    /// <summary>The mark beside the link to what is kept for later; null where there is none to show.</summary>
    public OutsideElement? Later { get; init; }

    /// <summary>Favourites first, then rooms, then direct conversations; those that there are, with what stands above them.</summary>
    public IEnumerable<(string? Title, List<ListedRoom> Rooms)> Groups
    {
        get
        {
            (string? Title, List<ListedRoom> Rooms)[] groups =
            [
                ("Favourites", Of(r => r.IsFavourite)),
                (Rooms.Any(r => r.IsFavourite) ? "Rooms" : null, Of(r => !r.IsFavourite && r.Room.Kind != RoomKind.Direct)),
                ("Direct", Of(r => !r.IsFavourite && r.Room.Kind == RoomKind.Direct)),
            ];
            return groups.Where(g => g.Rooms.Count > 0);
        }
    }

    /// <summary>Differs for lists that look different, so that a page can say which one it shows. The same on every node.</summary>
    public string Shown
    {
        get
        {
            var stamp = new Stamp();
            stamp.Add(Threads);
            foreach (var room in Rooms)
            {
                var mark = room.Mark.Shown();
                stamp.Add(room.Room.Id.Value);
                stamp.Add((mark.Unread << 9) + (mark.HasDraft ? 256 : 0) + (mark.IsMentioned ? 128 : 0) + (room.IsFavourite ? 64 : 0) + (room.Room.IsPublic ? 32 : 0) + ((long)(room.Presence ?? 0) << 3) + (long)room.Room.Kind);
                stamp.Add(room.Room.Icon);
                stamp.Add(room.Room.Name);
                stamp.Add(room.Room.Topic);
            }
            return stamp.ToString();
        }
    }

    /// <summary>Beside the link to the mentions: in how many of the rooms there are some that were not seen.</summary>
    public OutsideElement MentionsElement
    {
        get
        {
            var count = Rooms.Count(r => r.Mark.IsMentioned);
            var inside = count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"<b class=\"at\">{count}<span class=\"unseen\"> {(count == 1 ? "room" : "rooms")} with new ones</span></b>");
            return new OutsideElement(MentionsId, Encoding.UTF8.GetBytes($"<span id=\"{MentionsId}\" class=\"mark\">{inside}</span>"));
        }
    }

    /// <summary>What a page says of itself when it comes back: the list that it <see cref="Shown">shows</see>, and when it was made or last told.</summary>
    public OutsideElement ShownElement(DateTimeOffset now) =>
        new(ShownId, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<data id=\"{ShownId}\" value=\"{Shown}-{now.ToUnixTimeMilliseconds()}\"></data>")));

    /// <summary>Whether a page that came with these words shows this list.</summary>
    public bool IsShownBy(string? words) => words?.Split('-')[0] == Shown;

    /// <summary>When a page that came with these words was made or last told; long ago when it does not say.</summary>
    public static DateTimeOffset ShownAt(string? words) =>
        words?.Split('-') is [_, var at] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : DateTimeOffset.UnixEpoch;

    List<ListedRoom> Of(Func<ListedRoom, bool> which) => [.. Rooms.Where(which)];
}
