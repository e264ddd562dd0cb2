using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HtmxChat.Tests.Rooms;

/// <summary>What has changed while the lists of rooms could not be read.</summary>
public sealed class SidebarFaultTests
{
    [Fact]
    public async Task What_could_not_be_read_is_told_when_it_can_be()
    {
        using var complaints = new Complaints();
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<ILoggerProvider>(complaints));
        var ann = await site.SetUpByAnnAsync();
        var room = new RoomId(1);
        var closed = long.Parse((await ann.SubmitAsync("/rooms/new", ("Name", "Closed"), ("Closed", "true"))).Location!.Split('/')[2]);
        await using var page = await ann.ListenAsync(room, Carrier.WebSocket, await ann.PositionAsync(room));
        await page.HearAsync("hx-target=\"#room-list\"");

        await ExecuteAsync(site, $"update rooms set name = 'Renamed' where id = {closed}");
        await ExecuteAsync(site, "alter table memberships rename to memberships_away");
        site.Services.GetRequiredService<RoomDirectory>().Forget(new PersonId(1));
        site.Services.GetRequiredService<Sidebar>().HasChanged(new PersonId(1));
        await complaints.Next.Soon();
        await ExecuteAsync(site, "alter table memberships_away rename to memberships");

        await page.HearAsync("Renamed");
    }

    static Task<int> ExecuteAsync(ChatSite site, string statement) => site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute(statement), Ct);

    /// <summary>Hears when a look has failed.</summary>
    sealed class Complaints : ILoggerProvider, ILogger
    {
        readonly TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Next => next.Task;

        public ILogger CreateLogger(string categoryName) => categoryName == typeof(Sidebar).FullName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) next.TrySetResult();
        }

        public void Dispose()
        {
        }
    }
}
