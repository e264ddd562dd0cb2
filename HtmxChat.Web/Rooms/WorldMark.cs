using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Web.Rooms;

/// <summary>How the people in a room are told that anybody can read it: at its name, and where they write. On every page of a room, and empty where it is not so.</summary>
public static class WorldMark
{
    /// <summary>What they are told.</summary>
    public const string Words = "Anyone in the world can read this room.";

    public const string NoteId = "world-note";

    const string NameId = "world-mark";

    /// <summary>Beside the room's name.</summary>
    public static OutsideElement AtName(Room room) => new(NameId, Encoding.UTF8.GetBytes($"<small id=\"{NameId}\" title=\"{Words}\">{(room.IsPublic ? "public" : "")}</small>"));

    /// <summary>Where people write.</summary>
    public static OutsideElement WhereOneWrites(Room room) => new(NoteId, Encoding.UTF8.GetBytes($"<p id=\"{NoteId}\" class=\"hint\">{(room.IsPublic ? Words : "")}</p>"));
}
