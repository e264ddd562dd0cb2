using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Safety;

/// <summary>One address of the running program, as it describes itself.</summary>
/// <param name="Address">With the names of its variable parts, without the first slash.</param>
/// <param name="Methods">GET, POST and so on; a handler that is named stands by its name, and is sent to by POST.</param>
sealed record KnownEndpoint(string Who, string Limit, string Proof, IReadOnlyList<string> Methods, string Address)
{
    /// <summary>All of them but the site's files, each once.</summary>
    public static async Task<List<KnownEndpoint>> AllAsync(ChatSite site)
    {
        var all = new List<KnownEndpoint>();
        foreach (var endpoint in Routes(site).Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)) all.Add(await ReadAsync(site, endpoint));
        return [.. all.DistinctBy(e => e.ToString())];
    }

    /// <summary>The site's files, which anyone may have.</summary>
    public static List<RouteEndpoint> Files(ChatSite site) => [.. Routes(site).Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)];

    public static bool IsForAnyone(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public static IReadOnlyList<string> MethodsOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    /// <summary>As in <see cref="EndpointTable"/>, whatever the width of its columns.</summary>
    public override string ToString() => string.Join(" | ", Who, Limit, Proof, string.Join(' ', Methods), Address);

    static IEnumerable<RouteEndpoint> Routes(ChatSite site) => site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).Cast<RouteEndpoint>();

    static async Task<KnownEndpoint> ReadAsync(ChatSite site, RouteEndpoint endpoint)
    {
        var address = endpoint.RoutePattern.RawText!.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            return new(WhoOf(endpoint), LimitOf(endpoint), ProofOf(endpoint), [.. MethodsOf(endpoint).Order()], address);

        var compiled = await site.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
        return new(WhoOf(endpoint), LimitOf(endpoint), ProofOf(compiled), [.. compiled.HandlerMethods.Select(h => h.Name ?? h.HttpMethod.ToUpperInvariant()).OrderBy(Rank).ThenBy(m => m)], address);
    }

    static int Rank(string method) => method is "GET" ? 0 : method is "POST" ? 1 : 2;

    static string WhoOf(Endpoint endpoint) =>
        IsForAnyone(endpoint) ? "anyone" : string.Join(',', endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Roles ?? a.Policy).OfType<string>()) is { Length: > 0 } role ? role : "person";

    static string LimitOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null ? "own" : endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName ?? Web.Shared.Limits.Forms;

    static string ProofOf(RouteEndpoint endpoint) =>
        MethodsOf(endpoint) is { Count: > 0 } methods && methods.All(Web.Shared.SameOrigin.IsSafe) ? "" : endpoint.Metadata.GetMetadata<IgnoreAntiforgeryTokenAttribute>() is not null ? "itself" : "none";

    static string ProofOf(CompiledPageActionDescriptor page)
    {
        var filters = page.FilterDescriptors.Select(f => f.Filter).ToList();
        var isGuarded = filters.OfType<ServiceFilterAttribute>().Any(f => f.ServiceType == typeof(Web.Shared.FormGuard));
        return !isGuarded ? "none" : filters.OfType<IgnoreAntiforgeryTokenAttribute>().Any() ? "itself" : "token";
    }
}
