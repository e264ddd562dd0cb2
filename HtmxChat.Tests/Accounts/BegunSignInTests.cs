using System.Globalization;
using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>Who has given the right password and not the code yet, when it is decided that they do not come in.</summary>
public sealed class BegunSignInTests(SharedSite shared)
{
    const string Another = "wolke sieben";

    [Theory]
    [InlineData("all sessions are ended")]
    [InlineData("another password is chosen")]
    public async Task The_code_does_not_lead_in_after(string what)
    {
        var (id, name, secret) = await SwitchOnAsync($"Begun, and {what}");
        var thief = shared.Site.NewBrowser();
        Assert.Equal("/sign-in/code", (await thief.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location);
        var form = (await thief.GetAsync("/sign-in/code")).HasStatus(HttpStatusCode.OK);

        if (what == "all sessions are ended") Assert.NotNull((await shared.Ann.SubmitAsync($"/admin/people/{id}", ("Deed", "EndSessions"))).Location);
        else Assert.Equal("/sign-in?changed=yes", (await shared.Site.NewBrowser().SubmitAsync(await shared.Site.NewResetLinkAsync(name), ("Password", Another))).Location);

        Assert.Equal("/sign-in", (await thief.SubmitAsync(form, "/sign-in/code", ("Code", Next(secret)))).Location);
        Assert.Contains("/sign-in", (await thief.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_typed_too_many_wrong_passwords_does_not_have_to_wait_with_a_new_one()
    {
        const string Name = "Wrong in the own session";
        var person = await shared.Site.JoinAsync(shared.Ann, Name);
        for (var i = 0; i < OwnPassword.MaxTries; i++) await person.SubmitAsync("/account/password", ("Current", $"wrong guess {i}"), ("New", Another));
        Assert.Contains("too many wrong passwords", (await person.SubmitAsync("/account/password", ("Current", ChatSite.Password), ("New", Another))).TextOf("#current-problem"), StringComparison.Ordinal);

        await shared.Site.NewBrowser().SubmitAsync(await shared.Site.NewResetLinkAsync(Name), ("Password", Another));

        var again = shared.Site.NewBrowser();
        Assert.Equal("/", (await again.SubmitAsync("/sign-in", ("Name", Name), ("Password", Another))).Location);
        Assert.Equal("/account/password?changed=yes", (await again.SubmitAsync("/account/password", ("Current", Another), ("New", "sieben wolken"))).Location);
    }

    async Task<(PersonId Id, string Name, string Secret)> SwitchOnAsync(string name)
    {
        await shared.Site.JoinAsync(shared.Ann, name);
        var found = (await shared.Ann.GetAsync($"/admin/people?find={Uri.EscapeDataString(name)}")).Only(".rows a").GetAttribute("href")!;
        var id = new PersonId(long.Parse(found.Split('/')[^1], CultureInfo.InvariantCulture));
        var twoStep = shared.Site.Services.GetRequiredService<TwoStep>();
        await twoStep.BeginAsync(id, Ct);
        var secret = (await twoStep.FindAsync(id, Ct)).Secret!;
        Assert.Equal(CodeOutcome.Accepted, (await twoStep.SwitchOnAsync(id, AuthenticatorCode.At(secret, DateTimeOffset.UtcNow), Ct)).Outcome);
        return (id, name, secret);
    }

    // Taken already, and after the one that has been used.
    static string Next(string secret) => AuthenticatorCode.At(secret, DateTimeOffset.UtcNow + AuthenticatorCode.Step);
}
