using System.Net;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

public sealed class SignInTests(SharedSite shared)
{
    const string Words = "Name and password do not match. After ten wrong passwords a name has to wait for five minutes.";

    [Fact]
    public async Task A_name_is_known_in_any_case_and_spacing()
    {
        var answer = await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", "  bOB "), ("Password", ChatSite.Password));

        Assert.Equal("/", answer.Location);
    }

    [Theory]
    [InlineData("Bob", "wrong password")]
    [InlineData("Bob", "")]
    [InlineData("Nobody", ChatSite.Password)]
    [InlineData("", "")]
    public async Task A_wrong_name_and_a_wrong_password_are_refused_in_the_same_words_and_the_name_is_kept(string name, string password)
    {
        var stranger = shared.Site.NewBrowser();

        var answer = await stranger.SubmitAsync("/sign-in", ("Name", name), ("Password", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(Words, answer.TextOf(".problem"));
        Assert.Equal(name, answer.Field("Name") ?? "");
        Assert.Null(answer.Field("Password"));
        Assert.Contains("/sign-in", (await stranger.GetAsync("/")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ten_wrong_passwords_the_right_one_has_to_wait_too()
    {
        await shared.Site.JoinAsync(shared.Ann, "Grace");
        var stranger = shared.Site.NewBrowser();
        for (var i = 0; i < 9; i++)
        {
            var wrong = await stranger.SubmitAsync("/sign-in", ("Name", "Grace"), ("Password", $"wrong guess {i}"));
            Assert.Equal(Words, wrong.TextOf(".problem"));
        }
        await stranger.SubmitAsync("/sign-in", ("Name", "Grace"), ("Password", "wrong guess 10"));

        var answer = await stranger.SubmitAsync("/sign-in", ("Name", "Grace"), ("Password", ChatSite.Password));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, Words), (answer.Status, answer.TextOf(".problem")));
    }

    [Fact]
    public async Task Somebody_who_tries_wrong_passwords_at_the_same_moment_cannot_make_the_right_one_fail()
    {
        var meanwhile = new Meanwhile("update people set concurrency_stamp = 'another attempt'");
        await using var site = await ChatSite.StartEmptyAsync(services => services.ConfigureDbContext<ChatDb>(db => db.AddInterceptors(meanwhile)));
        await site.SetUpByAnnAsync();
        await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", "wrong guess"));

        meanwhile.Writes = site.Services.GetRequiredService<GroupCommit>();

        Assert.Equal("/", (await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task It_leads_back_to_the_page_that_asked_for_it()
    {
        var stranger = shared.Site.NewBrowser();
        var asked = await stranger.GetAsync("/rooms/1?before=7");

        var answer = await stranger.SubmitAsync(new Uri(asked.Location!).PathAndQuery, ("Name", "Bob"), ("Password", ChatSite.Password));

        Assert.Equal("/rooms/1?before=7", answer.Location);
    }

    [Fact]
    public async Task It_never_leads_to_another_site_after_the_password()
    {
        var answer = await shared.Site.NewBrowser().SubmitAsync("/sign-in?returnUrl=https://evil.example/", ("Name", "Bob"), ("Password", ChatSite.Password));

        Assert.Equal("/", answer.Location);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~//evil.example/")]
    [InlineData("evil.example")]
    public async Task It_never_leads_whoever_is_signed_in_to_another_site(string returnUrl)
    {
        Assert.Equal("/rooms/1", (await shared.Bob.GetAsync("/sign-in?returnUrl=/rooms/1")).Location);

        Assert.Equal("/", (await shared.Bob.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}")).Location);
    }

    [Fact]
    public async Task Too_many_passwords_a_minute_are_told_when_to_come_back_and_reading_is_not_limited()
    {
        await using var site = await ChatSite.StartEmptyAsync(("Limits:Times", "1"), ("Limits:SignInsPerMinute", "2"));
        await site.SetUpByAnnAsync();
        var stranger = site.NewBrowser();
        for (var i = 0; i < 2; i++) await stranger.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", "wrong guess"));

        var answer = await stranger.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password));

        Assert.Equal((HttpStatusCode.TooManyRequests, "30", "Ann"), (answer.Status, answer.Header("Retry-After"), answer.Field("Name")));
        Assert.Contains("Please wait 30 seconds", answer.TextOf(".problem[role=alert]:not(:empty)"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/sign-in")).Status);
    }

    /// <summary>Writes something from another connection just before a person's row is written.</summary>
    sealed class Meanwhile(string sql) : SaveChangesInterceptor
    {
        /// <summary>Null while nothing is to happen.</summary>
        public GroupCommit? Writes { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Writes is not null && eventData.Context!.ChangeTracker.Entries<Person>().Any(e => e.State == EntityState.Modified))
                await Writes.WriteAsync(session => session.Execute(sql), cancellationToken);
            return result;
        }
    }
}
