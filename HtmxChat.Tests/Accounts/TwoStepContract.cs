using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>Codes that come at the same moment, on both databases.</summary>
public abstract class TwoStepContract(SharedSite shared)
{
    const int AtOnce = 30;

    static int names;

    readonly TwoStep twoStep = shared.Site.Services.GetRequiredService<TwoStep>();

    [Fact]
    public async Task A_code_of_the_app_is_accepted_once_however_often_it_comes_at_once()
    {
        var (person, secret, _) = await SwitchOnAsync();

        var outcomes = await TryAtOnceAsync(person, _ => Next(secret));

        Assert.Single(outcomes, CodeOutcome.Accepted);
    }

    [Fact]
    public async Task The_code_that_switched_it_on_is_used_up()
    {
        var person = await NewPersonAsync();
        await twoStep.BeginAsync(person, Ct);
        var code = Now((await twoStep.FindAsync(person, Ct)).Secret!);
        Assert.Equal(CodeOutcome.Accepted, (await twoStep.SwitchOnAsync(person, code, Ct)).Outcome);

        Assert.Equal(CodeOutcome.Wrong, await twoStep.TryAsync(person, code, Ct));
    }

    [Fact]
    public async Task A_recovery_code_is_accepted_once_however_often_it_comes_at_once_and_the_others_stay()
    {
        var (person, _, codes) = await SwitchOnAsync();

        var outcomes = await TryAtOnceAsync(person, _ => codes[3].Text);

        Assert.Single(outcomes, CodeOutcome.Accepted);
        Assert.Equal(RecoveryCode.Count - 1, (await twoStep.FindAsync(person, Ct)).RecoveryCodes);
    }

    [Fact]
    public async Task Of_many_wrong_codes_at_once_only_a_few_are_compared_and_then_the_right_one_has_to_wait_too()
    {
        var (person, secret, codes) = await SwitchOnAsync();

        var outcomes = await TryAtOnceAsync(person, i => $"wrong {i}");

        Assert.Equal((TwoStep.MaxTries, AtOnce - TwoStep.MaxTries), (outcomes.Count(o => o == CodeOutcome.Wrong), outcomes.Count(o => o == CodeOutcome.TooMany)));
        Assert.Equal(CodeOutcome.TooMany, await twoStep.TryAsync(person, Next(secret), Ct));
        Assert.Equal(CodeOutcome.TooMany, await twoStep.TryAsync(person, codes[0].Text, Ct));
    }

    [Fact]
    public async Task Nobody_elses_code_is_good_and_new_recovery_codes_make_the_old_ones_worthless()
    {
        var (ann, _, hers) = await SwitchOnAsync();
        var (bob, _, old) = await SwitchOnAsync();
        var renewed = await twoStep.RenewCodesAsync(bob, Ct);

        Assert.Equal(CodeOutcome.Wrong, await twoStep.TryAsync(bob, hers[0].Text, Ct));
        Assert.Equal(CodeOutcome.Wrong, await twoStep.TryAsync(bob, old[0].Text, Ct));
        Assert.Equal(CodeOutcome.Accepted, await twoStep.TryAsync(bob, renewed[0].Text, Ct));
        Assert.Equal(CodeOutcome.Accepted, await twoStep.TryAsync(ann, hers[0].Text, Ct));
    }

    [Fact]
    public async Task No_recovery_code_can_be_read_in_the_database()
    {
        var (person, _, codes) = await SwitchOnAsync();

        var kept = await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select hash from recovery_codes where person_id = @person", row => row.GetFieldValue<byte[]>(0), Ct, ("@person", person.Value));

        Assert.Equal(codes.Select(c => Convert.ToHexString(c.HashFor(person))).Order(), kept.Select(Convert.ToHexString).Order());
    }

    [Fact]
    public async Task Off_takes_everything_away_and_what_is_on_cannot_be_begun_anew()
    {
        var (person, secret, _) = await SwitchOnAsync();
        await twoStep.BeginAsync(person, Ct);
        Assert.Equal(CodeOutcome.Accepted, await twoStep.TryAsync(person, Next(secret), Ct));

        await twoStep.SwitchOffAsync(person, Ct);

        Assert.Equal(TwoStepState.Off, await twoStep.FindAsync(person, Ct));
        Assert.Empty(await twoStep.RenewCodesAsync(person, Ct));
    }

    async Task<(PersonId Person, string Secret, List<RecoveryCode> Codes)> SwitchOnAsync()
    {
        var person = await NewPersonAsync();
        await twoStep.BeginAsync(person, Ct);
        var secret = (await twoStep.FindAsync(person, Ct)).Secret!;
        var (outcome, codes) = await twoStep.SwitchOnAsync(person, Now(secret), Ct);
        Assert.Equal((CodeOutcome.Accepted, RecoveryCode.Count), (outcome, codes.Count));
        return (person, secret, codes);
    }

    /// <summary>One more node on the same database; null where there cannot be one.</summary>
    protected virtual Task<ChatSite?> StartOtherNodeAsync() => Task.FromResult<ChatSite?>(null);

    async Task<CodeOutcome[]> TryAtOnceAsync(PersonId person, Func<int, string> code)
    {
        await using var other = await StartOtherNodeAsync();
        var there = other?.Services.GetRequiredService<TwoStep>() ?? twoStep;
        return await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => (i % 2 == 0 ? twoStep : there).TryAsync(person, code(i), Ct))));
    }

    static string Now(string secret) => AuthenticatorCode.At(secret, DateTimeOffset.UtcNow);

    // Taken already, and after the one that has been used, whichever step the clock is at by then.
    static string Next(string secret) => AuthenticatorCode.At(secret, DateTimeOffset.UtcNow + AuthenticatorCode.Step);

    async Task<PersonId> NewPersonAsync()
    {
        await using var scope = shared.Site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
        var name = $"two-step-{Interlocked.Increment(ref names)}";
        var person = db.Add(new Person { DisplayName = name, UserName = name, NormalizedUserName = PlainLine.Key(name) });
        await db.SaveChangesAsync(Ct);
        return new PersonId(person.Entity.Id);
    }
}

public sealed class SqliteTwoStepTests(SharedSite shared) : TwoStepContract(shared);

public sealed class PostgresTwoStepTests(PostgresSite shared) : TwoStepContract(shared), IClassFixture<PostgresSite>
{
    protected override async Task<ChatSite?> StartOtherNodeAsync() => await shared.StartOtherNodeAsync();
}
