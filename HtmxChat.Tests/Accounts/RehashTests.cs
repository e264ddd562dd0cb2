using System.Buffers.Binary;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

public sealed class RehashTests
{
    [Fact]
    public void As_the_program_is_set_a_password_costs_210_000_rounds_of_SHA_512()
    {
        var services = new ServiceCollection();
        HtmxChat.Web.Accounts.AccountsRegistration.AddAccounts(services);
        using var built = services.BuildServiceProvider();

        var hash = Convert.FromBase64String(built.GetRequiredService<IPasswordHasher<Web.Shared.Person>>().HashPassword(new() { DisplayName = "Ann" }, ChatSite.Password));

        Assert.Equal((Sha512, 210_000), Cost(hash));
    }

    [Fact]
    public async Task A_password_is_hashed_anew_at_the_sign_in_after_the_cost_was_raised_and_only_when_it_was_right()
    {
        var rounds = 1_000;
        await using var site = await ChatSite.StartEmptyAsync(services => services.Configure<PasswordHasherOptions>(o => o.IterationCount = rounds));
        await site.SetUpByAnnAsync();
        rounds = 1_500;
        await site.RestartAsync();

        await site.NewBrowser().SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", "wrong guess"));
        Assert.Equal((Sha512, 1_000), await CostAsync(site));
        await site.SignInAsync("Ann");

        Assert.Equal((Sha512, 1_500), await CostAsync(site));
        await site.SignInAsync("Ann");
    }

    const int Sha512 = 2;

    static async Task<(int Kind, int Rounds)> CostAsync(ChatSite site) =>
        Cost(Convert.FromBase64String(Assert.Single(await site.Services.GetRequiredService<SqlReader>().AllAsync("select password_hash from people", row => row.GetString(0), Ct))));

    // Identity's format 3: a marker, the kind of hash, the rounds.
    static (int Kind, int Rounds) Cost(byte[] hash) => (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(1)), BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)));
}
