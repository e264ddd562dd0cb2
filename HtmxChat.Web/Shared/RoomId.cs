namespace HtmxChat.Web.Shared;

/// <summary>Names one room, for ever; ids are never reused.</summary>
/// <param name="Value">1 or greater.</param>
public readonly record struct RoomId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
