namespace HtmxChat.Web.Messages.Threads;

/// <summary>What somebody wants to be told of a thread.</summary>
public enum ThreadInterest
{
    /// <summary>Nothing, also if they write in it.</summary>
    None,

    /// <summary>What is new.</summary>
    Follows,
}
