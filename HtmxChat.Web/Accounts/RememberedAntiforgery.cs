using System.Security.Claims;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// ASP.NET Core's antiforgery, asked once: the same person with the same form cookie is given the same token again, and a
/// token that was found valid for both is known to be.
/// </summary>
/// <remarks>
/// Whether a token is valid depends on nothing but these three. It spares encryption for each page and decryption for
/// each post. Whatever is not remembered is decided by ASP.NET Core.
/// A token that is the same bytes for an hour, on pages that are compressed over TLS, can be guessed from the lengths of
/// many answers that repeat a stranger's text (BREACH). It is worth nothing by itself: <see cref="SameOrigin"/> refuses
/// what another site's page has a browser send before the token is looked at, and has to stay as long as this does.
/// </remarks>
public sealed class RememberedAntiforgery(IAntiforgery antiforgery, IOptions<AntiforgeryOptions> options, Caches caches) : IAntiforgery, IDisposable
{
    const int MaxEntries = 50_000;

    // A key that was taken back must not be good for ever.
    static readonly MemoryCacheEntryOptions Kept = new() { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) };

    readonly MemoryCache given = caches.New(MaxEntries);
    readonly MemoryCache valid = caches.New(MaxEntries);

    sealed record Visitor(string Cookie, string? Person);

    sealed record Checked(Visitor Visitor, string FormToken);

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext)
    {
        var visitor = Read(httpContext);
        if (visitor is not null && given.TryGetValue(visitor, out AntiforgeryTokenSet? known))
        {
            KeepFromBeingStored(httpContext.Response);
            return known!;
        }

        var tokens = antiforgery.GetAndStoreTokens(httpContext);
        var hasNewCookie = tokens.CookieToken is not null;
        if (visitor is not null && !hasNewCookie) given.Set(visitor, tokens, Kept);
        return tokens;
    }

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => antiforgery.GetTokens(httpContext);

    public async Task<bool> IsRequestValidAsync(HttpContext httpContext)
    {
        var sent = ReadSent(httpContext);
        if (sent is not null && valid.TryGetValue(sent, out _)) return true;

        var isValid = await IsReadAndValidAsync(httpContext);
        if (isValid && sent is not null) valid.Set(sent, true, Kept);
        return isValid;
    }

    public Task ValidateRequestAsync(HttpContext httpContext) => antiforgery.ValidateRequestAsync(httpContext);

    public void SetCookieTokenAndHeader(HttpContext httpContext) => antiforgery.SetCookieTokenAndHeader(httpContext);

    public void Dispose()
    {
        given.Dispose();
        valid.Dispose();
    }

    // ASP.NET Core throws for a form that cannot be read.
    async Task<bool> IsReadAndValidAsync(HttpContext http)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (Exception e) when (e is AntiforgeryValidationException or InvalidOperationException)
        {
            return false;
        }
    }

    Visitor? Read(HttpContext http)
    {
        if (http.Request.Cookies[options.Value.Cookie.Name!] is not { Length: > 0 } cookie) return null;

        var isSignedIn = http.User.Identity!.IsAuthenticated;
        return new Visitor(cookie, isSignedIn ? http.User.FindFirstValue(ClaimTypes.NameIdentifier) : null);
    }

    // A token in a header goes before the form's, and a form may be broken: both are left to ASP.NET Core.
    Checked? ReadSent(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && !http.Request.Headers.ContainsKey(options.Value.HeaderName!)
        && http.Features.Get<IFormFeature>()?.Form?[options.Value.FormFieldName].ToString() is { Length: > 0 } token
        && Read(http) is { } visitor
            ? new Checked(visitor, token) : null;

    // As ASP.NET Core does for a page with a form.
    static void KeepFromBeingStored(HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers.Pragma = "no-cache";
    }
}
