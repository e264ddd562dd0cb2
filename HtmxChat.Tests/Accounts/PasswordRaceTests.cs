using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

public sealed class PasswordRaceTests
{
    [Fact]
    public async Task Whoever_signs_in_with_the_old_password_while_it_is_changed_is_not_in()
    {
        using var hasher = new CountingHasher();
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<IPasswordHasher<Person>>(hasher));
        await site.SetUpByAnnAsync();
        var thief = site.NewBrowser();
        var form = await thief.GetAsync("/sign-in");
        var before = hasher.Hashed;
        hasher.HoldUp();

        var signingIn = thief.SubmitAsync(form, "/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password));
        await hasher.HasBegunAsync(before + 1).Soon();
        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update people set security_stamp = 'changed'"), Ct);
        hasher.GoOn();

        Assert.Equal("/", (await signingIn).Location);
        Assert.Contains("/sign-in", (await thief.GetAsync("/rooms/1")).Location, StringComparison.Ordinal);
    }
}
