using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.CookiePolicy;

namespace HtmxChat.Web.Shared;

/// <summary>
/// How every cookie is given and taken, whoever sets it: HttpOnly and SameSite=Lax; over TLS also Secure and with
/// <c>__Host-</c> before its name, so that no other host and no page without TLS can have put it there (RFC 6265bis,
/// section 4.1.3). Over plain http, as on a local network, browsers would keep neither.
/// </summary>
public static class SiteCookies
{
    const string Prefix = "__Host-";

    public static void UseSiteCookies(this WebApplication app)
    {
        app.UseCookiePolicy(new CookiePolicyOptions
        {
            HttpOnly = HttpOnlyPolicy.Always,
            MinimumSameSitePolicy = SameSiteMode.Lax,
            Secure = CookieSecurePolicy.SameAsRequest,
            OnAppendCookie = cookie => cookie.CookieName = Name(cookie.Context, cookie.CookieName, cookie.CookieOptions),
            OnDeleteCookie = cookie => cookie.CookieName = Name(cookie.Context, cookie.CookieName, cookie.CookieOptions),
        });
        app.Use((http, next) =>
        {
            if (http.Request.IsHttps) http.Request.Cookies = new CookiesOverTls(http.Request.Cookies);
            return next(http);
        });
    }

    static string Name(HttpContext http, string name, CookieOptions options)
    {
        if (!http.Request.IsHttps) return name;

        (options.Path, options.Domain) = ("/", null);
        return Prefix + name;
    }

    /// <summary>The cookies of a request that came over TLS, under the names that the program gave them. All others are not seen.</summary>
    sealed class CookiesOverTls(IRequestCookieCollection all) : IRequestCookieCollection
    {
        public string? this[string key] => all[Prefix + key];

        public int Count => Ours().Count();

        public ICollection<string> Keys => [.. Ours().Select(c => c.Key)];

        public bool ContainsKey(string key) => all.ContainsKey(Prefix + key);

        public bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => all.TryGetValue(Prefix + key, out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Ours().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        IEnumerable<KeyValuePair<string, string>> Ours() =>
            all.Where(c => c.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(c => KeyValuePair.Create(c.Key[Prefix.Length..], c.Value));
    }
}
