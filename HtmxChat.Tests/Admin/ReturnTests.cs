using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Admin;

/// <summary>Somebody who is let in again while what they wrote is still being removed.</summary>
public sealed class ReturnTests
{
    static readonly RoomId Lobby = new(1);

    [Fact]
    public async Task What_is_written_after_that_stays()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time));
        var ann = await site.SetUpByAnnAsync();
        await (await site.JoinAsync(ann, "Cleo")).SayAsync(Lobby, "Before.");
        await ann.SubmitAsync("/admin/people/2", ("Deed", "Ban"), ("RemovesWritings", "true"));
        await UntilAsync(async () => !(await ann.GetAsync("/rooms/1")).Messages.Contains("Before."));
        await ann.SubmitAsync("/admin/people/2", ("Deed", "Unban"));
        time.Advance(TimeSpan.FromSeconds(1));
        await (await site.SignInAsync("Cleo")).SayAsync(Lobby, "After.");

        await UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            var found = await site.Services.GetRequiredService<SqlReader>().AllAsync("select loses_messages from people where id = 2", row => row.GetBoolean(0), Ct);
            return !found.Single();
        });

        Assert.Contains("After.", (await ann.GetAsync("/rooms/1")).Messages);
    }

    static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Waiting.Longest);
        while (!await isSo()) limit.Token.ThrowIfCancellationRequested();
    }
}
