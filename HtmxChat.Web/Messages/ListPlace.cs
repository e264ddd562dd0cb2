using System.Globalization;

namespace HtmxChat.Web.Messages;

/// <summary>How far somebody has come in a list of messages of many rooms, the newest first: up to this one. A page's address says it.</summary>
/// <param name="AtMs">The time that the list goes by.</param>
public readonly record struct ListPlace(long AtMs, long Room, long Seq)
{
    static readonly ListPlace Beginning = new(long.MaxValue, 0, 0);

    /// <summary>The place of a message.</summary>
    public static ListPlace Of(Message message, DateTimeOffset at) => new(at.ToUnixTimeMilliseconds(), message.Room.Value, message.Seq);

    /// <summary>Reads an address. What cannot be read is the beginning.</summary>
    public static ListPlace Parse(string? text) =>
        text?.Split('.').Select(p => long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : default(long?)).ToList() is [{ } at, { } room, { } seq] ? new(at, room, seq) : Beginning;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AtMs}.{Room}.{Seq}");
}
