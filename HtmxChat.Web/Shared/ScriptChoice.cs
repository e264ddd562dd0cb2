namespace HtmxChat.Web.Shared;

/// <summary>Whether this browser is sent scripts. Its person may say that it never is; that is kept in a cookie of this browser alone.</summary>
public static class ScriptChoice
{
    const string Cookie = "scripts";
    const string Never = "never";

    public static bool SendsScripts(this HttpContext http) => http.Request.Cookies[Cookie] != Never;

    public static void SendScripts(this HttpResponse response) => response.Cookies.Delete(Cookie);

    public static void NeverSendScripts(this HttpResponse response) =>
        response.Cookies.Append(Cookie, Never, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
}
