namespace HtmxChat.Web.Rooms;

/// <summary>
/// One person in one room. In a closed or direct room it is what lets them in; in an open one there is none until they
/// change something about the room for themselves.
/// </summary>
public sealed class MembershipRow
{
    public long RoomId { get; set; }

    public long PersonId { get; set; }

    public Involvement Involvement { get; set; } = Involvement.Everything;

    public bool IsFavourite { get; set; }

    /// <summary>The first event that they may read; 0 when they may read all.</summary>
    public long FromSeq { get; set; }

    public long AddedAtMs { get; set; }
}
