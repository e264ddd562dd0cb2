using System.Globalization;
using System.Text.RegularExpressions;
using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Safety;

/// <summary>One way to use an endpoint, with whatever its address and its form may ask for.</summary>
sealed partial record Call(KnownEndpoint Endpoint, string Method)
{
    public const string Token = "__RequestVerificationToken";

    /// <summary>Whatever they answer to.</summary>
    public static IEnumerable<Call> All(IEnumerable<KnownEndpoint> endpoints) => endpoints.SelectMany(e => e.Methods.Where(m => m is not ("CONNECT" or "HEAD")).Select(m => new Call(e, m)));

    public bool IsSafe => Method == "GET";

    /// <summary>The address with a number in each place that takes one: the room's where rooms have theirs, and else 1.</summary>
    public static string Fill(string address, long room)
    {
        var number = address.StartsWith("rooms/", StringComparison.Ordinal) ? room : 1;
        return Variable().Replace(address, part => part.Value.Contains(":int", StringComparison.Ordinal) ? "404" : part.Value == "{id:long}" ? number.ToString(CultureInfo.InvariantCulture) : part.Value.Contains(":long", StringComparison.Ordinal) ? "1" : "no-such-word");
    }

    /// <param name="token">The form's; null sends none.</param>
    /// <param name="method">Another than its own; null for its own.</param>
    public async Task<Answer> SendAsync(Browser browser, long room, string? token, HttpMethod? method = null)
    {
        var handler = Method is "GET" or "POST" ? "" : $"&handler={Method}";
        var path = $"/{Fill(Endpoint.Address, room)}?id=m-1&seq=1&before=99&after=abc.0&room={room}&message=1&q=a&v=1&returnUrl=/rooms/{room}{handler}";
        if (IsSafe) return await browser.SendAsync(method ?? HttpMethod.Get, path, content: null);

        using var form = new FormUrlEncodedContent(Fields(room, token));
        return await browser.SendAsync(method ?? HttpMethod.Post, path, form);
    }

    // Whatever any form here asks for. What one does not know it does not read.
    static IEnumerable<KeyValuePair<string, string>> Fields(long room, string? token)
    {
        if (token is not null) yield return new(Token, token);
        yield return new("key", ClientKey.New().Text);
        foreach (var name in new[] { "text", "About", "Note" }) yield return new(name, "Let me in.");
        foreach (var name in new[] { "Name", "Site", "Confirmation" }) yield return new(name, $"Name {Guid.NewGuid():N}");
        foreach (var name in new[] { "Person", "With", "Message", "Seq" }) yield return new(name, "1");
        foreach (var name in new[] { "Room", "RoomId", "id" }) yield return new(name, room.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in new[] { ("Kind", "Open"), ("Posting", "Everybody"), ("ShowsHistory", "true"), ("Involvement", "Everything"), ("Password", "not the password") }) yield return new(name, value);
    }

    public override string ToString() => $"{Method} /{Endpoint.Address}";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Variable();
}
