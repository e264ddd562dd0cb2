namespace HtmxChat.Tests.Faults;

/// <summary>The promise, as a check that is the same for every fault. What it finds is what was broken; nothing is what must be found.</summary>
static class Checker
{
    /// <param name="fresh">The page, loaded anew when all is over.</param>
    public static IReadOnlyList<string> Check(Ledger ledger, IReadOnlyList<StoredMessage> stored, ShownPage fresh, IEnumerable<ShownPage> shown)
    {
        List<string> found = [.. ledger.Problems];
        var byKey = stored.ToLookup(m => m.Key);
        foreach (var (key, seq) in ledger.Acknowledged)
        {
            if (!byKey[key].Any(m => m.Seq == seq && m.Text == ledger.Sent[key])) found.Add($"Message {seq} with key {key} was acknowledged, and is not stored so.");
        }
        foreach (var twice in stored.GroupBy(m => (m.Author, m.Key)).Where(g => g.Count() > 1)) found.Add($"Key {twice.Key.Key} is stored {twice.Count()} times.");
        foreach (var strange in stored.Where(m => !ledger.Sent.ContainsKey(m.Key))) found.Add($"Message {strange.Seq} is stored, and nobody sent it.");

        foreach (var (page, reader) in shown.Select((page, i) => (page, i + 1))) found.AddRange(Differences(page, fresh, stored).Concat(page.Problems).Select(d => $"Reader {reader}: {d}"));
        return found;
    }

    static IEnumerable<string> Differences(ShownPage page, ShownPage fresh, IReadOnlyList<StoredMessage> stored)
    {
        if (page.Position != fresh.Position) yield return $"The page stands at {page.Position}, a fresh one at {fresh.Position}.";
        if (page.Heading != fresh.Heading) yield return $"The heading is {page.Heading}, a fresh one {fresh.Heading}.";

        // A page keeps what it had when it was loaded, so it may go back further than a fresh one.
        var both = Math.Min(page.Messages.Count, fresh.Messages.Count);
        if (page.Messages.Count < fresh.Messages.Count) yield return $"The page has {page.Messages.Count} messages, a fresh one {fresh.Messages.Count}.";
        if (!page.Messages.TakeLast(both).SequenceEqual(fresh.Messages.TakeLast(both))) yield return "The newest messages are not those of a fresh page.";

        var numbers = page.Messages.Select(ShownPage.Number).ToList();
        var expected = stored.Select(m => m.Seq).Where(seq => numbers.Count > 0 && seq >= numbers[0]).ToList();
        if (!numbers.SequenceEqual(expected))
            yield return $"Shown are {numbers.Count} messages, stored {expected.Count}: not shown {List(expected.Except(numbers))}, shown twice {List(numbers.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key))}.";
    }

    static string List(IEnumerable<long> numbers) => string.Join(' ', numbers.Take(5)) is { Length: > 0 } some ? some : "none";
}
