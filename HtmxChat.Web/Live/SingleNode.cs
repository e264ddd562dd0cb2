namespace HtmxChat.Web.Live;

/// <summary>The relay of a node that is alone: there is nobody to tell, and nobody to hear.</summary>
public sealed class SingleNode : IRelay
{
    static readonly Listening Nothing = new(Task.CompletedTask, () => { });

    public bool ReachesOthers => false;

    public void Publish(string channel, ReadOnlyMemory<byte> message)
    {
    }

    public Listening Listen(string channel, Action<ReadOnlyMemory<byte>> hear) => Nothing;
}
