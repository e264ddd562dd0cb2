using System.Net;
using System.Text.RegularExpressions;
using HtmxChat.Web.Admin;

namespace HtmxChat.Bench.Client;

/// <summary>One of the seeded people, signed in as by a browser.</summary>
public sealed partial class SignedInPerson : IDisposable
{
    const string Password = "correct horse";

    readonly CookieContainer cookies = new();
    readonly HttpClient http;

    SignedInPerson(IPEndPoint site) =>
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://{site}") };

    /// <summary>What each of this person's requests has to carry.</summary>
    public string Cookies => cookies.GetCookieHeader(http.BaseAddress!);

    /// <param name="number">From 1 to as many as were seeded.</param>
    public static async Task<SignedInPerson> SignInAsync(IPEndPoint site, int number, CancellationToken ct)
    {
        var person = new SignedInPerson(site);
        var token = Only(FormToken, await person.http.GetStringAsync("/sign-in", ct));
        using var form = new FormUrlEncodedContent([
            new("Name", new SeedWords(new Random(0)).PersonName(number)), new("Password", Password), new("__RequestVerificationToken", token)]);
        using var answer = await person.http.PostAsync("/sign-in", form, ct);
        return answer.StatusCode == HttpStatusCode.Found ? person : throw new WrongAnswerException($"Signing in was answered with {answer.StatusCode}.");
    }

    /// <summary>Opens a room's page.</summary>
    /// <returns>Where the room stands, and what a form of it has to carry.</returns>
    public async Task<(string Position, string FormToken)> OpenRoomAsync(int room, CancellationToken ct)
    {
        var page = await http.GetStringAsync($"/rooms/{room}", ct);
        return (Only(Position, page), Only(FormToken, page));
    }

    public void Dispose() => http.Dispose();

    static string Only(Regex what, string page) =>
        what.Match(page) is { Success: true } found ? found.Groups[1].Value : throw new WrongAnswerException($"A page lacks {what}.");

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    static partial Regex FormToken { get; }

    [GeneratedRegex("id=\"position\" value=\"([^\"]+)\"")]
    static partial Regex Position { get; }
}
