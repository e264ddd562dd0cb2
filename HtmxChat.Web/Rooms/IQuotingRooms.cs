using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>Rooms in which something is shown that was said in another one, and that are to be looked at again when it changes, or who may read either.</summary>
public interface IQuotingRooms
{
    /// <summary>Something about a room was noted by <see cref="QuotedSql"/>, and this has been committed.</summary>
    Task HaveChangedAsync(RoomId room);
}
