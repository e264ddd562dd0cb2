using HtmxChat.Web.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Mail;

public sealed class PostboxTests : IAsyncLifetime
{
    readonly MailServer server = new();
    readonly FakeTimeProvider time = new();
    readonly KeptLog log = new();
    Postbox postbox = null!;

    public async ValueTask InitializeAsync()
    {
        postbox = new Postbox(Settings(), time, log);
        await postbox.StartAsync(Ct);
    }

    [Fact]
    public async Task A_letter_arrives_as_plain_text_and_as_HTML_with_its_link()
    {
        Assert.True(postbox.TryPost(NewLetter("ann@example.org")));

        var letter = await server.ReadAsync();

        Assert.Equal(("Ann & <b>you</b>", "\"Tea house\" <tea@house.example>", "ann@example.org", "auto-generated"), (letter.Subject, letter.From.ToString(), letter.To.ToString(), letter.Headers["Auto-Submitted"]));
        Assert.Equal("A <first> sentence.\n\nOpen it:\nhttps://tea.example/reset/abc\n", letter.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("<p>A &lt;first&gt; sentence.</p><p><a href=\"https://tea.example/reset/abc\">Open it</a></p>", letter.HtmlBody, StringComparison.Ordinal);
        Assert.EndsWith("@house.example", letter.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_is_not_taken_is_tried_again_later_and_the_next_does_not_wait_for_it()
    {
        server.RefuseNext("450 later, ann@example.org");
        postbox.TryPost(NewLetter("ann@example.org"));
        postbox.TryPost(NewLetter("bob@example.org"));

        Assert.Equal("bob@example.org", (await server.ReadAsync()).To.ToString());
        var again = server.ReadAsync();
        await Until(again, time, TimeSpan.FromSeconds(1));

        Assert.Equal(("ann@example.org", 1), ((await again).To.ToString(), server.Refused));
    }

    [Fact]
    public async Task A_letter_that_is_refused_for_good_is_given_up_and_the_log_names_nobody()
    {
        server.RefuseNext("550 there is no ann@example.org");
        postbox.TryPost(NewLetter("ann@example.org"));
        postbox.TryPost(NewLetter("bob@example.org"));
        await server.ReadAsync();

        Assert.Contains(log.Lines, l => l.Contains("A letter (test) was given up after 1 tries: the server answered 550", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains("example.org", StringComparison.Ordinal) || l.Contains("/reset", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_the_last_try_a_letter_is_given_up()
    {
        for (var i = 0; i < 4; i++) server.RefuseNext("450 later");
        postbox.TryPost(NewLetter("ann@example.org"));

        await Until(log.HasAsync("was given up after 4 tries"), time, TimeSpan.FromSeconds(10));

        Assert.Equal(4, server.Refused);
        Assert.False(server.HasMore);
    }

    [Fact]
    public async Task Letters_that_wait_for_another_try_are_counted_with_the_others()
    {
        server.RefuseNext("450 later");
        postbox.TryPost(NewLetter("ann@example.org"));
        await log.HasAsync("Trying again");
        await postbox.StopAsync(Ct);

        Assert.Equal(Postbox.MaxHeld - 1, Enumerable.Range(1, Postbox.MaxHeld).Count(_ => postbox.TryPost(NewLetter("bob@example.org"))));
    }

    [Fact]
    public async Task A_test_tells_what_the_server_said()
    {
        var taken = await new TestLetter(Settings()).SendAsync("ann@example.org", Ct);
        server.RefuseNext("550 no such person");
        var refused = await new TestLetter(Settings()).SendAsync("ann@example.org", Ct);
        var locked = await new TestLetter(Settings(("Mail:Password", "wrong"))).SendAsync("ann@example.org", Ct);

        Assert.Equal((true, "taken with thanks"), taken);
        Assert.Equal((false, "no such person"), refused);
        Assert.False(locked.WasTaken);
        Assert.Contains("wrong password", locked.Words, StringComparison.Ordinal);
        Assert.False((await new TestLetter(null).SendAsync("ann@example.org", Ct)).WasTaken);
    }

    [Theory]
    [InlineData("Mail:From", "no address at all@")]
    [InlineData("Mail:Security", "rot13")]
    [InlineData("Mail:SiteAddress", "tea.example")]
    public void A_setting_that_cannot_be_understood_is_named(string setting, string value) =>
        Assert.Contains(setting, Assert.Throws<InvalidOperationException>(() => Settings((setting, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_server_there_is_no_mail()
    {
        using var none = new Postbox(null, time, log);

        Assert.Null(MailSettings.Read(new ConfigurationBuilder().Build()));
        Assert.Equal((false, false), (none.IsOn, none.TryPost(NewLetter("ann@example.org"))));
    }

    public async ValueTask DisposeAsync()
    {
        await postbox.StopAsync(Ct);
        postbox.Dispose();
        await server.DisposeAsync();
    }

    static Letter NewLetter(string to) => new("test", to, "Ann & <b>you</b>", ["A <first> sentence."], "/reset/abc", "Open it");

    MailSettings? Settings(params (string Key, string Value)[] other) =>
        MailSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(server.Settings.ToDictionary(s => s.Key, s => (string?)s.Value))
            .AddInMemoryCollection(other.ToDictionary(s => s.Key, s => (string?)s.Value)).Build());

    sealed class KeptLog : ILogger<Postbox>
    {
        readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();
        readonly System.Threading.Channels.Channel<bool> news = System.Threading.Channels.Channel.CreateUnbounded<bool>();

        public IEnumerable<string> Lines => lines;

        /// <summary>Waits for a line.</summary>
        public async Task HasAsync(string part)
        {
            while (!lines.Any(l => l.Contains(part, StringComparison.Ordinal))) await news.Reader.ReadAsync(Ct);
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lines.Enqueue($"{formatter(state, exception)}{exception}");
            news.Writer.TryWrite(true);
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    }
}
