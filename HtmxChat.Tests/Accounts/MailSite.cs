using HtmxChat.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace HtmxChat.Tests.Accounts;

/// <summary>A site that sends mail, for all tests of one class. Each test has a person of its own.</summary>
public class MailSite : IAsyncLifetime
{
    readonly MailServer mail = new();
    int people;

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public ChatSite Site { get; private set; } = null!;

    public Browser Ann { get; private set; } = null!;

    /// <summary>Whether a letter has come that nobody has read.</summary>
    public bool HasMore => mail.HasMore;

    public async ValueTask InitializeAsync()
    {
        Site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(Time), [.. mail.Settings, .. await SettingsAsync()]);
        Ann = await Site.SetUpByAnnAsync();
    }

    /// <summary>Somebody joins, and gives no address yet.</summary>
    public async Task<(string Name, string Address, Browser Browser)> JoinAsync()
    {
        var number = Interlocked.Increment(ref people);
        return ($"Bob {number}", $"bob.{number}@example.org", await Site.JoinAsync(Ann, $"Bob {number}"));
    }

    /// <summary>See <see cref="MailServer.RefuseNext"/>.</summary>
    public void RefuseNext(string answer) => mail.RefuseNext(answer);

    /// <summary>The next letter that comes, or has come.</summary>
    public Task<MimeMessage> ReadLetterAsync() => mail.ReadAsync();

    /// <summary>Where the link of the next letter leads.</summary>
    public async Task<string> ReadLinkAsync() => LinkIn(await ReadLetterAsync());

    public static string LinkIn(MimeMessage letter) =>
        new Uri(letter.TextBody!.Split('\n').Select(l => l.Trim()).Single(l => l.StartsWith("https://tea.example/", StringComparison.Ordinal))).PathAndQuery;

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await mail.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task<(string Key, string Value)[]> SettingsAsync() => Task.FromResult<(string Key, string Value)[]>([]);
}
