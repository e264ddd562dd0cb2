namespace HtmxChat.Web.Rooms;

/// <summary>
/// Which messages somebody may read, in words of the database: the one place that says it, for the lists of one room and for those of many.
/// Of messages as m.
/// </summary>
public static class ReadableSql
{
    /// <summary>Whether the room's own list has a message. As the index on them says it, or it would not be used.</summary>
    public const string InRoom = "(m.thread_seq is null or m.is_in_room_too)";

    /// <summary>Joins the room, and the membership of the person whose id is in <c>@person</c>.</summary>
    public static string Joins { get; } = JoinsOf("m", "@person");

    /// <summary>Whether the person may read the room; to be put after <see cref="Joins"/>.</summary>
    public static string OfRoom { get; } = $"r.kind <> {RoomKind.Deleted:D} and (r.kind = {RoomKind.Open:D} or mine.person_id is not null)";

    /// <summary>Whether the message is there, and the person may read it; to be put after <see cref="Joins"/>.</summary>
    public static string Condition { get; } = $"m.deleted_at_ms is null and {OfRoom} and {From("coalesce(mine.from_seq, 0)")}";

    /// <summary>Whether whoever may read a room from a number on may read the message: of a thread all or nothing, as they may read where it began.</summary>
    /// <param name="first">The number, as the statement has it.</param>
    public static string From(string first) => $"m.seq >= {first} and ({InRoom} or m.thread_seq >= {first})";

    /// <summary>The same as <see cref="Joins"/> for other rows, and for several people.</summary>
    /// <param name="of">What has the room's number in <c>room_id</c>.</param>
    /// <param name="person">The person's id, as the statement has it.</param>
    public static string JoinsOf(string of, string person) => $"join rooms r on r.id = {of}.room_id left join memberships mine on mine.room_id = {of}.room_id and mine.person_id = {person}";
}
