using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>A place where people talk.</summary>
/// <param name="Name">In a direct room the names of the others in it.</param>
/// <param name="Topic">What it is about; empty when nobody said.</param>
public sealed record Room(RoomId Id, string Name, string Topic)
{
    public RoomKind Kind { get; init; } = RoomKind.Open;

    /// <summary>One emoji; empty for none.</summary>
    public string Icon { get; init; } = "";

    public PostingRule Posting { get; init; } = PostingRule.Everybody;

    public PersonId Owner { get; init; }

    /// <summary>The other one in a direct room of two; null in every other room.</summary>
    public PersonId? Other { get; init; }

    public long CreatedAtMs { get; init; }

    /// <summary>Nobody may write any more.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Who may write in it.</summary>
    public Writers Writers => IsArchived ? Writers.Nobody : Posting == PostingRule.Administrators ? Writers.Managers : Writers.Everybody;

    /// <summary>The first event that the world may read; 0 when it may read all, null when it may read none.</summary>
    public long? WorldFromSeq { get; init; }

    /// <summary>Whether anybody in the world may read it, without signing in.</summary>
    public bool IsPublic => WorldFromSeq is not null;
}
