using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Safety;

/// <summary>
/// Text that no page expects, in every query, form field and variable part of an address of the running program. PostgreSQL
/// stores neither a NUL nor half a surrogate pair, and what lets one through answers 500.
/// </summary>
public sealed class OddInputTests(PostgresSite shared) : IClassFixture<PostgresSite>
{
    // Written as in an address: a NUL, half a surrogate pair, which is no UTF-8, much, and pairs in whose middle whatever counts to an even number cuts.
    static readonly string[] Odd = ["a%00b", "%ED%A0%80", new('x', 20_000), "a" + string.Concat(Enumerable.Repeat("%F0%A0%80%80", 60))];

    // Whatever endpoints ask for that are no pages.
    static readonly string[] OtherNames = ["after", "before", "q", "v", "seq", "id", "key", "text", "shown"];

    [Fact]
    public async Task Nobody_is_answered_500_whatever_they_send()
    {
        var site = shared.Site;
        var names = await NamesAsync(site);
        Assert.All(["Handle", "Name", "find", "after", "person", "Days", "ReturnUrl"], n => Assert.Contains(n, names, StringComparer.OrdinalIgnoreCase));
        await shared.Ann.SubmitAsync("/admin/settings", ("Joining", "Open"));
        var calls = Call.All(await KnownEndpoint.AllAsync(site)).Where(c => c.Endpoint.Address is not ("rooms/{id:long}/live" or "problem/{status:int}" or "sign-out") && c.Method != "SignOut").ToList();
        var wrong = new List<string>();

        var annsToken = (await shared.Ann.GetAsync("/rooms/new")).Field(Call.Token)!;
        foreach (var odd in Odd)
        {
            foreach (var call in calls)
            {
                if (call.Endpoint.Who != "anyone") await TryAsync(shared.Ann, annsToken, call, odd);
                else
                {
                    using var stranger = site.NewBrowser();
                    await TryAsync(stranger, call.IsSafe ? "" : (await stranger.GetAsync("/sign-in")).Field(Call.Token)!, call, odd);
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(HttpStatusCode.OK, (await shared.Ann.GetAsync("/rooms/1")).Status);

        async Task TryAsync(Browser browser, string token, Call call, string odd)
        {
            var query = string.Join('&', names.Select(n => $"{n}={(odd.Length > 300 ? odd[..240] : odd)}"));
            var path = $"/{Call.Fill(call.Endpoint.Address, 1).Replace("no-such-word", odd.Length > 300 ? odd[..240] : odd, StringComparison.Ordinal)}?handler={(call.Method is "GET" or "POST" ? "" : call.Method)}";
            if (call.IsSafe)
            {
                Note(await browser.GetAsync($"{path}&{query}"[..Math.Min(7_000, path.Length + 1 + query.Length)]));
                return;
            }

            foreach (var body in Bodies(odd))
            {
                using var content = new StringContent($"{Call.Token}={Uri.EscapeDataString(token)}&{body}", Encoding.UTF8, "application/x-www-form-urlencoded");
                Note(await browser.SendAsync(HttpMethod.Post, path, content));
            }

            // A form has at most 256 KB. With a password that is good enough, and without, so that what comes before and after it is reached.
            IEnumerable<string> Bodies(string odd) => odd.Length > 1_000
                ? names.Chunk(10).Select(some => string.Join('&', some.Select(n => $"{n}={odd}")))
                : [string.Join('&', names.Select(n => $"{n}={odd}")), string.Join('&', names.Where(n => n != "Password").Select(n => $"{n}={odd}")) + "&Password=correct+horse"];

            void Note(Answer answer)
            {
                if (answer.Status == HttpStatusCode.InternalServerError) wrong.Add($"{call} {odd[..Math.Min(30, odd.Length)]} ({odd.Length})");
            }
        }
    }

    // The names under which pages look for something, but for those that switch between what is done.
    static async Task<List<string>> NamesAsync(ChatSite site)
    {
        var names = new List<string>(OtherNames);
        foreach (var endpoint in site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints))
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) continue;

            var compiled = await site.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
            names.AddRange(compiled.BoundProperties.Select(p => p.BindingInfo?.BinderModelName ?? p.Name));
            names.AddRange(compiled.HandlerMethods.SelectMany(h => h.Parameters).Select(p => p.BindingInfo?.BinderModelName ?? p.Name!));
        }
        return [.. names.Where(n => n is not ("ct" or "token" or "handler" or "Joining")).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
