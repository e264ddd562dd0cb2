using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>Whose a live connection is, and where: when one of these is taken away, so is the connection.</summary>
/// <param name="Session">The session that it belongs to.</param>
public sealed record LiveHolder(string Session, PersonId Person, RoomId Room)
{
    /// <summary>Which of the person's names, pictures and roles it was opened with; each change of them has a greater number.</summary>
    public long PersonVersion { get; init; }
}
