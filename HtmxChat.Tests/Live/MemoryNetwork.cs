using System.Collections.Concurrent;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>Joins several nodes in one process.</summary>
sealed class MemoryNetwork
{
    readonly ConcurrentDictionary<Listener, bool> listeners = new();

    public IRelay Join() => new Node(this);

    sealed class Node(MemoryNetwork network) : IRelay
    {
        public bool ReachesOthers => true;

        public void Publish(string channel, ReadOnlyMemory<byte> message)
        {
            foreach (var (listener, _) in network.listeners)
            {
                if (listener.Channel == channel) listener.Hear(message.ToArray());
            }
        }

        public Listening Listen(string channel, Action<ReadOnlyMemory<byte>> hear)
        {
            var listener = new Listener(channel, hear);
            network.listeners[listener] = true;
            return new Listening(Task.CompletedTask, () => network.listeners.TryRemove(listener, out _));
        }
    }

    sealed class Listener(string channel, Action<ReadOnlyMemory<byte>> hear)
    {
        readonly Lock turn = new();

        public string Channel => channel;

        public void Hear(ReadOnlyMemory<byte> message)
        {
            lock (turn) hear(message);
        }
    }
}
