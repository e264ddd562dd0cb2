using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Rooms;

/// <summary>By itself, because its readers leave nobody else a processor.</summary>
[Collection(typeof(RoomDirectoryTests))]
[CollectionDefinition(DisableParallelization = true)]
public sealed class RoomDirectoryTests
{
    static readonly PersonId Ann = new(1);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_is_in_the_list_as_soon_as_it_is_there_however_many_are_just_reading_the_list()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        await site.SetUpByAnnAsync();
        var rooms = site.Services.GetRequiredService<RoomDirectory>();
        using var enough = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () => { while (!enough.IsCancellationRequested) await ReadAnewAsync(rooms); }, Ct)).ToList();

        var missed = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            var room = await rooms.CreateAsync(RoomName.Parse($"Room {i}", out _)!, Topic.Parse("", out _)!, RoomKind.Open, Ann, Ct);
            if ((await rooms.ListAllAsync(Ann, Ct)).All(listed => listed.Room.Id != room!.Id)) missed.Add(room!.Name);
        }
        await enough.CancelAsync();
        await Task.WhenAll(readers);

        Assert.Empty(missed);
    }

    static async Task ReadAnewAsync(RoomDirectory rooms)
    {
        rooms.Forget();
        await rooms.ListAllAsync(Ann, Ct);
    }
}
