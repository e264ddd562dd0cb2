using System.Net;
using HtmxChat.Tests.Storage;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Accounts;

/// <summary>Trying passwords, on both databases.</summary>
public abstract class SignInAttemptsContract : IAsyncLifetime
{
    const int Tries = 30;

    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    ChatSite site = null!;

    public async ValueTask InitializeAsync()
    {
        site = await ChatSite.StartEmptyAsync(
            services => services.AddSingleton<TimeProvider>(time), [.. await SettingsAsync(), ("Limits:PasswordsAtOnce", "4")]);
        await site.SetUpByAnnAsync();
    }

    [Fact]
    public async Task Of_thirty_passwords_that_are_tried_at_once_ten_count_and_the_others_come_too_late()
    {
        var mayTry = await Task.WhenAll(Enumerable.Range(0, Tries).Select(_ => CountAsync()));

        Assert.Equal(10, mayTry.Count(may => may));
        Assert.Null(Assert.Single(await TryAsync([ChatSite.Password])).Location);
    }

    [Fact]
    public async Task After_thirty_wrong_passwords_at_once_the_right_one_has_to_wait()
    {
        var wrong = await TryAsync(Enumerable.Range(0, Tries).Select(n => $"wrong guess {n}"));

        Assert.All(wrong, a => Assert.Null(a.Location));
        Assert.Null(Assert.Single(await TryAsync([ChatSite.Password])).Location);
    }

    [Fact]
    public async Task After_five_minutes_the_right_one_is_taken_again_and_the_count_begins_anew()
    {
        await TryAsync(Enumerable.Range(0, 10).Select(n => $"wrong guess {n}"));
        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Null(Assert.Single(await TryAsync([ChatSite.Password])).Location);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("/", Assert.Single(await TryAsync([ChatSite.Password])).Location);

        await TryAsync(Enumerable.Range(0, 9).Select(n => $"wrong guess {n}"));
        Assert.Equal("/", Assert.Single(await TryAsync([ChatSite.Password])).Location);
    }

    [Fact]
    public async Task The_right_one_is_taken_however_many_use_it_at_once()
    {
        var answers = await TryAsync(Enumerable.Repeat(ChatSite.Password, Tries));

        Assert.All(answers, a => Assert.Equal("/", a.Location));
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<(string Key, string Value)[]> SettingsAsync();

    async Task<Answer[]> TryAsync(IEnumerable<string> passwords)
    {
        var form = await site.NewBrowser().GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, form.Status);
        return await Task.WhenAll(passwords.Select(password => site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", password))));
    }

    async Task<bool> CountAsync()
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignInAttempts>().CountAsync(new PersonId(1), Ct);
    }
}

public sealed class SqliteSignInAttemptsTests : SignInAttemptsContract
{
    protected override Task<(string Key, string Value)[]> SettingsAsync() => Task.FromResult<(string Key, string Value)[]>([]);
}

public sealed class PostgresSignInAttemptsTests(SharedPostgres server) : SignInAttemptsContract
{
    protected override async Task<(string Key, string Value)[]> SettingsAsync() => [await PostgresSite.SettingAsync(server)];
}
