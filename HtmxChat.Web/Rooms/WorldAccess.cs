using System.Globalization;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// Who may use an address of a room that the world may read as well: whoever is signed in, for whom the page then looks; and whoever is not, to
/// read a public room. All others are sent to sign in, whether there is such a room or not.
/// </summary>
public sealed class WorldAccess(RoomDirectory rooms) : AuthorizationHandler<WorldAccess.Requirement>
{
    /// <summary>The policy that a page names.</summary>
    public const string Policy = "world";

    public sealed class Requirement : IAuthorizationRequirement;

    /// <summary>The room as the world may read it, where nobody is signed in; null where somebody is.</summary>
    public static RoomAccess? Of(HttpContext http) => http.Features.Get<RoomAccess>();

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.User.Identity!.IsAuthenticated)
        {
            context.Succeed(requirement);
            return;
        }
        if (context.Resource is not HttpContext http || !IsReading(http.Request.Method) || RoomOf(http) is not { } room) return;
        if (await rooms.FindForWorldAsync(room, http.RequestAborted) is not { } access) return;

        http.Features.Set(access);
        context.Succeed(requirement);
    }

    static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    static RoomId? RoomOf(HttpContext http) =>
        long.TryParse(http.GetRouteValue("id") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new RoomId(id) : null;
}
