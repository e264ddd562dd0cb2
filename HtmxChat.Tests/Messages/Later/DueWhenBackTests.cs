using HtmxChat.Tests.Messages.Reminders;
using HtmxChat.Tests.Messages.Scheduling;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Later;

/// <summary>What comes due by the clock, while the server is there and while it is not.</summary>
public sealed class DueWhenBackTests
{
    [Fact]
    public async Task Nothing_happens_before_its_time_and_what_came_due_while_the_server_was_away_happens_when_it_is_back()
    {
        await using var clocked = new ClockedSite();
        await clocked.InitializeAsync();
        var (site, ann, room) = (clocked.Site, clocked.Ann, new RoomId(1));
        await ann.SayAsync(room, "Before.");
        await ReminderContract.RemindAsync(ann, room, "3h");
        await ScheduledContract.KeepAsync(ann, room, "Good morning.");
        clocked.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(["Before."], (await ann.GetAsync($"/rooms/{room}")).Messages);

        await site.StopAsync();
        clocked.Time.Advance(TimeSpan.FromHours(3));
        await site.StartAsync();

        ann = ann.At(site.Address);
        await using var listening = await ann.ListenAsync(room, Carrier.WebSocket);
        await listening.HearAsync("Good morning.");
        await Waiting.Until(listening.HearAsync("Reminder: <a href=\"/rooms/1/messages/1\">"), clocked.Time, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_reminder_is_told_when_the_clock_comes_to_it()
    {
        await using var clocked = new ClockedSite();
        await clocked.InitializeAsync();
        var (ann, room) = (clocked.Ann, new RoomId(1));
        await ann.SayAsync(room, "Tea.");
        await ReminderContract.RemindAsync(ann, room, "20m");
        clocked.Time.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(2));
        await using var listening = await ann.LoadAndListenAsync(room, Carrier.ServerSentEvents);
        Assert.DoesNotContain("Reminder", listening.Heard, StringComparison.Ordinal);

        await Waiting.Until(listening.HearAsync("Reminder"), clocked.Time, TimeSpan.FromMilliseconds(1));
    }
}
