using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Admin;

/// <summary>A removal of what somebody wrote that is asked for twice, and the second one still at work when they have long been let in again.</summary>
public sealed class RemovalAfterReturnTests
{
    static readonly RoomId Lobby = new(1);

    [Fact]
    public async Task What_was_written_before_goes_and_what_is_written_after_stays()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time));
        var ann = await site.SetUpByAnnAsync();
        await (await site.JoinAsync(ann, "Cleo")).SayAsync(Lobby, "Before.");
        foreach (var deed in new[] { "Ban", "Unban" }) Assert.Equal("/admin/people/2", (await ann.SubmitAsync("/admin/people/2", ("Deed", deed))).Location);
        time.Advance(TimeSpan.FromSeconds(1));
        await (await site.SignInAsync("Cleo")).SayAsync(Lobby, "After.");

        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update people set loses_messages = true where id = 2"), Ct);
        site.Services.GetRequiredService<RemoveWritings>().Begin(new PersonId(2));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Waiting.Longest);
        while (await IsAtWorkAsync(site))
        {
            limit.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["This message was removed by an administrator. Why?", "After."], (await ann.GetAsync("/rooms/1")).Messages);
    }

    static async Task<bool> IsAtWorkAsync(ChatSite site) =>
        (await site.Services.GetRequiredService<SqlReader>().AllAsync("select loses_messages from people where id = 2", row => row.GetBoolean(0), Ct)).Single();
}
