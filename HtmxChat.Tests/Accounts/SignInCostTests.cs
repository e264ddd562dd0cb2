using System.Net;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>What a sign-in costs, what it gives away, and what a flood of them does to others.</summary>
public sealed class SignInCostTests : IAsyncLifetime
{
    readonly CountingHasher hasher = new();
    ChatSite site = null!;
    Browser ann = null!;

    public async ValueTask InitializeAsync()
    {
        site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<IPasswordHasher<Person>>(hasher), ("Limits:PasswordsAtOnce", "1"), ("Limits:PasswordsWaiting", "30"));
        ann = await site.SetUpByAnnAsync();
    }

    [Fact]
    public async Task An_unknown_name_and_every_kind_of_known_one_are_told_the_same_after_the_same_work()
    {
        foreach (var name in new[] { "Bob", "Locked", "Banned", "Deactivated", "Former", "Without" }) await site.JoinAsync(ann, name);
        await WriteAsync("update people set lockout_end = '2100-01-01 00:00:00+00:00' where user_name = 'locked'");
        await WriteAsync($"update people set standing = {Standing.Banned:D} where user_name = 'banned'");
        await WriteAsync($"update people set standing = {Standing.Deactivated:D} where user_name = 'deactivated'");
        await WriteAsync($"update people set standing = {Standing.Former:D} where user_name = 'former'");
        await WriteAsync("update people set password_hash = null where user_name = 'without'");

        var told = new List<(HttpStatusCode, string, int)>();
        foreach (var (name, password) in new[]
        {
            ("Nobody", ChatSite.Password), ("nobody@example.org", ChatSite.Password), ("Bob", "wrong guess"), ("Bob", ""), ("Bob", new string('x', 100_000)),
            ("Locked", ChatSite.Password), ("Banned", ChatSite.Password), ("Deactivated", ChatSite.Password), ("Former", ChatSite.Password), ("Without", ""),
        })
        {
            var before = hasher.Hashed;
            var answer = await site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", password));
            told.Add((answer.Status, answer.TextOf(".problem"), hasher.Hashed - before));
        }

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Name and password do not match. After ten wrong passwords a name has to wait for five minutes.", 1), Assert.Single(told.Distinct()));
        Assert.Equal("/", (await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Bob"), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task While_passwords_are_hashed_people_talk_and_whoever_is_too_many_is_told_when_to_come_back()
    {
        var visitor = site.NewBrowser();
        var form = await visitor.GetAsync("/sign-in");
        hasher.HoldUp();
        var flood = Enumerable.Range(0, 60).Select(n => visitor.SubmitAsync(form, "/sign-in", ("Name", $"Name {n}"), ("Password", "wrong guess"))).ToList();
        var firstRefused = await (await Task.WhenAny(flood)).Soon();

        await ann.SayAsync(new RoomId(1), "Still here.");
        var page = await ann.GetAsync("/rooms/1");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "10", "Very busy"), (firstRefused.Status, firstRefused.Header("Retry-After"), firstRefused.TextOf("h1")));
        Assert.Contains("Still here.", page.Messages);
        Assert.Equal(1, hasher.Hashed - 1); // besides Ann's own, when she set the site up
        hasher.GoOn();
        var statuses = (await Task.WhenAll(flood).Soon()).CountBy(a => a.Status).ToDictionary();
        Assert.Equal(new() { [HttpStatusCode.UnprocessableEntity] = 31, [HttpStatusCode.ServiceUnavailable] = 29 }, statuses);
        Assert.Equal("/", (await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password))).Location);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        hasher.Dispose();
    }

    Task<int> WriteAsync(string sql) => site.Services.GetRequiredService<GroupCommit>().WriteAsync(session => session.Execute(sql), Ct);
}
