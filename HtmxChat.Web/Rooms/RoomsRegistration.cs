using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;

namespace HtmxChat.Web.Rooms;

/// <summary>Rooms.</summary>
public static class RoomsRegistration
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddSingleton<RoomDirectory>().AddSingleton<Members>().AddSingleton<DirectRooms>().AddSingleton<RoomSigns>().AddSingleton<RoomNews>().AddSingleton<ManageRoom>().AddSingleton<HandOver>().AddSingleton<PublishRoom>()
        .AddSingleton<MyRooms>().AddSingleton<Unread>().AddSingleton<ThreadMarks>().AddSingleton<Attendance>().AddSingleton<RoomCall>()
        .AddSingleton<NewFaces>().AddSingleton<OtherNodes>().AddBackground<Sidebar>()
        .AddBackground<RoomWatch>()
        .AddSingleton<IAuthorizationHandler, WorldAccess>().AddAuthorizationBuilder().AddPolicy(WorldAccess.Policy, p => p.AddRequirements(new WorldAccess.Requirement())).Services;
}
