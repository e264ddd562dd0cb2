namespace HtmxChat.Web.Rooms;

/// <summary>What people read about a room, on its page and when they may not write in it.</summary>
public static class RoomWords
{
    /// <summary>Why others do not write; empty where everybody does.</summary>
    public static string Of(Writers writers) => writers switch
    {
        Writers.Nobody => "This room is archived: it can be read, and nothing more is written in it.",
        Writers.Managers => "In this room only its owner and administrators write.",
        _ => "",
    };
}
