using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

public sealed class TwoStepTests(ClockedSite clocked) : IClassFixture<ClockedSite>
{
    const string Page = "/account/two-step";

    static int people;

    ChatSite Site => clocked.Site;

    [Fact]
    public async Task After_the_password_a_code_is_asked_for_and_leads_on()
    {
        var (_, name, secret, _) = await SwitchOnAsync();
        using var browser = Site.NewBrowser();

        var password = await browser.SubmitAsync("/sign-in?returnUrl=%2Frooms%2F1", ("Name", name), ("Password", ChatSite.Password));
        Assert.Equal("/sign-in/code?ReturnUrl=%2Frooms%2F1", password.Location);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/rooms/1")).Status);
        var wrong = await browser.SubmitAsync(password.Location!, ("Code", "000000"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "000000"), (wrong.Status, wrong.Field("Code")));
        Assert.Equal("That code is not right, or was used already. Wait for the next one.", wrong.TextOf("#code-problem"));

        Assert.Equal("/rooms/1", (await browser.SubmitAsync(password.Location!, ("Code", Code(secret)))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task What_was_begun_is_forgotten_after_ten_minutes_so_that_whoever_finds_the_page_does_not_finish_it()
    {
        var (browser, _) = await JoinAsync();
        var setUp = await BeginAsync(browser);
        clocked.Time.Advance(TwoStep.BegunGoodFor);

        var late = await browser.SubmitAsync(setUp, $"{Page}?handler=On", ("Code", Code(Secret(setUp))));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("Please begin again", late.Text, StringComparison.Ordinal);
        Assert.Empty((await browser.GetAsync(Page)).Page.QuerySelectorAll(".code"));
    }

    [Theory]
    [InlineData("8 3 9 1 0 2")]
    [InlineData("ninety animals")]
    public async Task Whatever_the_password_is_it_proves_who_one_is(string password)
    {
        var (browser, _) = await JoinAsync();
        if (password == "ninety animals") password = string.Concat(Enumerable.Range(0x1F400, 90).Select(char.ConvertFromUtf32));
        Assert.Equal("/account/password?changed=yes", (await browser.SubmitAsync("/account/password", ("Current", ChatSite.Password), ("New", password))).Location);

        var begun = await browser.SubmitAsync(await browser.GetAsync(Page), $"{Page}?handler=Begin", ("Proof", password));

        Assert.Equal(Page, begun.Location);
    }

    [Theory]
    [InlineData("by themselves")]
    [InlineData("by an administrator")]
    public async Task When_sessions_are_ended_no_browser_is_remembered_any_more(string how)
    {
        var (browser, name, secret, _) = await SwitchOnAsync();
        var known = Site.NewBrowser();
        await known.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password));
        Assert.Equal("/", (await known.SubmitAsync("/sign-in/code", ("Code", Code(secret)), ("Remember", "true"))).Location);

        if (how == "by themselves") await browser.SubmitAsync(await browser.GetAsync("/account/sessions"), "/account/sessions?handler=EndOthers");
        else await clocked.Ann.SubmitAsync((await clocked.Ann.GetAsync($"/admin/people?find={name}")).Only(".rows a").GetAttribute("href")!, ("Deed", "EndSessions"));

        Assert.Equal(how == "by themselves" ? HttpStatusCode.OK : HttpStatusCode.Redirect, (await browser.GetAsync("/rooms/1")).Status);
        Assert.StartsWith("/sign-in/code", (await known.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_somebody_has_seen_being_typed_is_worthless()
    {
        var (_, name, secret, _) = await SwitchOnAsync();
        var code = Code(secret);
        Assert.Equal("/", (await SignInAsync(Site.NewBrowser(), name, code)).Location);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(Site.NewBrowser(), name, code)).Status);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once()
    {
        var (browser, name, _, codes) = await SwitchOnAsync();

        Assert.Equal("/", (await SignInAsync(Site.NewBrowser(), name, codes[0].ToUpperInvariant())).Location);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(Site.NewBrowser(), name, codes[0])).Status);
        Assert.Contains("You have 9 recovery codes left", (await browser.GetAsync(Page)).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_has_to_wait_for_a_quarter_of_an_hour()
    {
        var (_, name, secret, _) = await SwitchOnAsync();
        for (var i = 0; i < TwoStep.MaxTries; i++) await SignInAsync(Site.NewBrowser(), name, "000000");

        var refused = await SignInAsync(Site.NewBrowser(), name, Code(secret));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Too many wrong codes. Please try again in 15 minutes."), (refused.Status, refused.TextOf("#code-problem")));
        clocked.Time.Advance(TwoStep.TriesWindow);

        Assert.Equal("/", (await SignInAsync(Site.NewBrowser(), name, Code(secret))).Location);
    }

    [Fact]
    public async Task The_second_step_is_nothing_without_the_first_a_few_minutes_before()
    {
        var (_, name, secret, _) = await SwitchOnAsync();
        using var browser = Site.NewBrowser();
        Assert.Equal("/sign-in", (await browser.GetAsync("/sign-in/code")).Location);
        await browser.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password));
        var late = await browser.GetAsync("/sign-in/code");
        Assert.Equal(HttpStatusCode.OK, late.Status);

        clocked.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("/sign-in", (await browser.SubmitAsync(late, "/sign-in/code", ("Code", Code(secret)))).Location);
    }

    [Fact]
    public async Task A_browser_that_is_remembered_needs_no_code_until_it_is_switched_off_and_on_again()
    {
        var (browser, name, secret, _) = await SwitchOnAsync();
        using var known = Site.NewBrowser();
        await known.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password));
        await known.SubmitAsync("/sign-in/code", ("Code", Code(secret)), ("Remember", "true"));
        await known.SignOutAsync();
        Assert.Equal("/", (await known.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location);
        await known.SignOutAsync();

        await browser.SubmitAsync(await browser.GetAsync(Page), $"{Page}?handler=Off", ("Proof", ChatSite.Password));
        await SwitchOnAsync(browser);

        Assert.Equal("/sign-in/code", (await known.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task On_and_off_end_every_other_session_and_this_one_goes_on()
    {
        var (browser, name) = await JoinAsync();
        var other = await Site.SignInAsync(name);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/rooms/1")).Status);

        var (secret, _) = await SwitchOnAsync(browser);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/rooms/1")).Status);
        await SignInAsync(other, name, Code(secret));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/rooms/1")).Status);

        Assert.Equal(Page, (await browser.SubmitAsync(await browser.GetAsync(Page), $"{Page}?handler=Off", ("Proof", ChatSite.Password))).Location);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/rooms/1")).Status);
        clocked.Time.Advance(AccountsRegistration.SecurityStampInterval + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/rooms/1")).Status);
        Assert.Equal("/", (await other.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location);
    }

    [Theory]
    [InlineData("Begin")]
    [InlineData("Codes")]
    [InlineData("Off")]
    public async Task Nothing_is_changed_without_the_password_or_a_code(string handler)
    {
        var (browser, _) = await JoinAsync();
        if (handler != "Begin") await SwitchOnAsync(browser);
        var before = await browser.GetAsync(Page);

        foreach (var proof in new[] { "", "not the password", "000000", new string('x', 1_000) })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync(before, $"{Page}?handler={handler}", ("Proof", proof))).Status);

        Assert.Equal(before.TextOf("main"), (await browser.GetAsync(Page)).TextOf("main"));
    }

    [Fact]
    public async Task A_code_is_as_good_as_the_password_to_switch_it_off()
    {
        var (browser, _, secret, _) = await SwitchOnAsync();

        var answer = await browser.SubmitAsync(await browser.GetAsync(Page), $"{Page}?handler=Off", ("Proof", Code(secret)));

        Assert.Equal(Page, answer.Location);
        Assert.Contains("Set it up", (await browser.GetAsync(Page)).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_does_not_switch_it_on_and_the_secret_stays_the_same()
    {
        var (browser, name) = await JoinAsync();
        var setUp = await BeginAsync(browser);

        var refused = await browser.SubmitAsync(setUp, $"{Page}?handler=On", ("Code", "000000"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(Secret(setUp), Secret(refused));
        Assert.Equal("img", refused.Only("main svg").GetAttribute("role"));
        Assert.Equal("/", (await Site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task Whoever_is_thrown_out_between_the_steps_does_not_come_in()
    {
        var (_, name, secret, _) = await SwitchOnAsync();
        using var browser = Site.NewBrowser();
        await browser.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password));
        var form = await browser.GetAsync("/sign-in/code");

        await Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute($"update people set standing = {Standing.Banned:D} where display_name = '{name}'"), Ct);

        Assert.Equal("/sign-in", (await browser.SubmitAsync(form, "/sign-in/code", ("Code", Code(secret)))).Location);
        Assert.Equal("Name and password do not match. After ten wrong passwords a name has to wait for five minutes.", (await browser.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).TextOf(".validation-summary-errors"));
    }

    async Task<(Browser Browser, string Name, string Secret, List<string> Codes)> SwitchOnAsync()
    {
        var (browser, name) = await JoinAsync();
        var (secret, codes) = await SwitchOnAsync(browser);
        return (browser, name, secret, codes);
    }

    async Task<(string Secret, List<string> Codes)> SwitchOnAsync(Browser browser)
    {
        var setUp = await BeginAsync(browser);
        var on = await browser.SubmitAsync(setUp, $"{Page}?handler=On", ("Code", Code(Secret(setUp))));
        var codes = on.Page.QuerySelectorAll(".codes li").Select(c => c.TextContent).ToList();
        Assert.Equal(RecoveryCode.Count, codes.Distinct().Count());
        clocked.Time.Advance(AuthenticatorCode.Step); // until the next code
        return (Secret(setUp), codes);
    }

    static async Task<Answer> BeginAsync(Browser browser)
    {
        var begun = await browser.SubmitAsync(await browser.GetAsync(Page), $"{Page}?handler=Begin", ("Proof", ChatSite.Password));
        Assert.Equal(Page, begun.Location);
        return await browser.GetAsync(Page);
    }

    static async Task<Answer> SignInAsync(Browser browser, string name, string code)
    {
        await browser.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password));
        return await browser.SubmitAsync("/sign-in/code", ("Code", code));
    }

    async Task<(Browser Browser, string Name)> JoinAsync()
    {
        var name = $"Careful {Interlocked.Increment(ref people)}";
        return (await Site.JoinAsync(clocked.Ann, name), name);
    }

    string Code(string secret) => AuthenticatorCode.At(secret, clocked.Time.GetUtcNow());

    static string Secret(Answer page) => page.TextOf(".code").Replace(" ", "", StringComparison.Ordinal);
}
