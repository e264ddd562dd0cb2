namespace HtmxChat.Web.Live;

/// <summary>
/// Carries short messages between the nodes of a site, by channel. All of it is a hint: it may come late, twice, out of
/// order or never, and whoever needs certainty asks the database. Safe for any number of threads.
/// </summary>
public interface IRelay
{
    /// <summary>False on a node that is alone: what is published reaches nobody, so it need not be put into bytes.</summary>
    bool ReachesOthers { get; }

    /// <summary>Hands a message to every node that listens to the channel, this one as well. Never waits, and never fails.</summary>
    void Publish(string channel, ReadOnlyMemory<byte> message);

    /// <summary>Has the channel's messages brought to this node until the result is disposed.</summary>
    /// <param name="hear">Called with each message, one at a time; it has to be quick, and is not to throw.</param>
    Listening Listen(string channel, Action<ReadOnlyMemory<byte>> hear);
}
