namespace HtmxChat.Web.Rooms;

/// <summary>Rooms.</summary>
public static class RoomsRegistration
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddSingleton<RoomDirectory>().AddSingleton<Members>().AddSingleton<DirectRooms>().AddSingleton<ManageRoom>().AddSingleton<MyRooms>()
        .AddSingleton<RoomWatch>().AddHostedService(s => s.GetRequiredService<RoomWatch>());
}
