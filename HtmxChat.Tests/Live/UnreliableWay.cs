namespace HtmxChat.Tests.Live;

/// <summary>Loses, doubles and shuffles what comes by it; the same seed does the same.</summary>
sealed class UnreliableWay(int seed)
{
    readonly Random random = new(seed);
    readonly List<ReadOnlyMemory<byte>> held = [];

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public int Held { get; private set; }

    public Action<ReadOnlyMemory<byte>> Before(Action<ReadOnlyMemory<byte>> hear) => message =>
    {
        switch (random.Next(10))
        {
            case 0: Lost++; break;
            case 1: Doubled++; hear(message); hear(message); break;
            case 2 or 3 or 4: Held++; held.Add(message); break;
            default: hear(message); break;
        }
        if (held.Count == 0 || random.Next(3) > 0) return;

        var late = random.Next(held.Count);
        hear(held[late]);
        held.RemoveAt(late);
    };
}
