using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>The room that this browser showed last, kept in a cookie.</summary>
public static class LastRoom
{
    const string Cookie = "room";

    /// <summary>Null when it has shown none.</summary>
    public static RoomId? Read(HttpRequest request) =>
        long.TryParse(request.Cookies[Cookie], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new RoomId(id) : null;

    public static void Write(HttpResponse response, RoomId room) =>
        response.Cookies.Append(Cookie, room.ToString(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
}
