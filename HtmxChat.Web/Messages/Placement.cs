namespace HtmxChat.Web.Messages;

/// <summary>How a message stands below the one before it. Decided once, when it is stored, because neither of them ever moves.</summary>
public enum Placement
{
    /// <summary>The first of its day (UTC).</summary>
    OpensDay = 1,

    /// <summary>By somebody else than the one before, or later than <see cref="Placements.GroupWindow"/> after it.</summary>
    OpensGroup = 2,

    /// <summary>The same author goes on; name and picture need not be shown again.</summary>
    Continues = 3,
}
