using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using HtmxChat.Bench.Client;
using HtmxChat.Bench.Figures;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Parts;

/// <summary>What a message of one line weighs on a reader's WebSocket, frame and all.</summary>
public sealed class WeightPart : IPart
{
    const int Messages = 9;
    const double MostBytes = 1024;
    const string Line = "Shall we meet at the usual place tomorrow, or is it going to rain all day again?";

    public string Name => "weight";

    public string Title => "A message on the wire";

    public async IAsyncEnumerable<Figure> MeasureAsync(Plan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        using var data = await DataFolder.SeedAsync(plan, people: 20, messages: 100, ct);
        await using var server = await ChatServer.StartAsync(plan, data, "/health", ct);
        using var person = await SignedInPerson.SignInAsync(server.Address, 1, ct);
        using var speaker = await OpenAsync(server.Address, person, ct);
        using var reader = await OpenAsync(server.Address, person, ct);

        var weights = new List<double>();
        while (weights.Count < Messages) weights.Add(await WeighAsync(speaker, reader, weights.Count));
        yield return Figure.AtMost($"one line of {Line.Length} letters, framed", Median.Of(weights), MostBytes, "bytes", Median.Runs(weights));
    }

    static async Task<LiveSocket> OpenAsync(IPEndPoint site, SignedInPerson person, CancellationToken ct)
    {
        var (position, _) = await person.OpenRoomAsync(1, ct);
        return await LiveSocket.OpenAsync(LiveSocket.NewSocket(), site, person.Cookies, position, ct);
    }

    static async Task<double> WeighAsync(LiveSocket speaker, LiveSocket reader, int number)
    {
        // Now and then a heartbeat is weighed with it; the median is the message alone.
        var before = reader.Bytes;
        speaker.Send(LiveSocket.TextFrame(Encoding.ASCII.GetBytes($$"""{"key":"bench-weight-{{number:D4}}","text":"{{Line}}"}""")));
        do await reader.ReceiveAsync();
        while (!HasLine(reader));
        return reader.Bytes - before;
    }

    static bool HasLine(LiveSocket reader)
    {
        while (reader.TryTakeText(out var text))
        {
            if (text.IndexOf(Encoding.ASCII.GetBytes(Line)) >= 0) return true;
        }
        return false;
    }
}
