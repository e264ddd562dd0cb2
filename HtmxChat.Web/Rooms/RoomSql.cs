using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>What every change of a room begins with.</summary>
public static class RoomSql
{
    /// <summary>
    /// Keeps other nodes from changing anything in the room until the commit, so that what is read from here on still
    /// holds when the change is made.
    /// </summary>
    public static void Lock(SqlSession sql, RoomId room) => sql.Execute("update rooms set last_seq = last_seq where id = @room", ("@room", room.Value));
}
