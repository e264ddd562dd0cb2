using HtmxChat.Tests.Mail;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

/// <summary>How long it takes to be told that one does not come in, by the clock: see <see cref="SignInCostTests"/> for the work behind it.</summary>
public sealed class SignInTimeTests
{
    // So slow that nothing else of an answer weighs beside it, and about half as slow as outside of tests.
    const int HashingRounds = 100_000;

    // A busy machine adds to what an answer takes, and takes nothing away, so the quickest answers are compared, of as many as it
    // needs until they agree: where something is left out they never do.
    // Without the hash an answer takes a tenth.
    const int Within = 3;
    const int FewestRounds = 3;
    const int MostRounds = 20;

    [Fact]
    public async Task Nobody_learns_by_the_clock_who_has_an_account_or_how_it_stands_with_it()
    {
        await using var site = await ChatSite.StartEmptyAsync(services => services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashingRounds));
        var ann = await site.SetUpByAnnAsync();
        string[] known = ["Bob", "Locked", "Banned", "Deactivated", "Linked", "Guest"];
        foreach (var name in known) await site.JoinAsync(ann, name);
        await WriteAsync(site, "update people set lockout_end = '2100-01-01 00:00:00+00:00' where user_name = 'locked'");
        await WriteAsync(site, $"update people set standing = {Standing.Banned:D} where user_name = 'banned'");
        await WriteAsync(site, $"update people set standing = {Standing.Deactivated:D} where user_name = 'deactivated'");
        await WriteAsync(site, "update people set password_hash = null where user_name = 'linked'");
        await WriteAsync(site, $"update people set password_hash = null, role = {Role.Guest:D} where user_name = 'guest'");

        var quickest = new Dictionary<string, TimeSpan>();
        for (var round = 0; round < FewestRounds || (round < MostRounds && !Agree(quickest)); round++)
        {
            await WriteAsync(site, "update people set access_failed_count = 0 where user_name <> 'locked'"); // nobody else is locked out
            await MeasureAsync(site, "/sign-in", [.. known, "Nobody", "nobody@example.org"], round, quickest, ("Password", "wrong guess"));
        }

        Assert.True(Agree(quickest), string.Join(", ", quickest.Select(q => $"{q.Key} {q.Value.TotalMilliseconds:F1} ms")));

        static bool Agree(Dictionary<string, TimeSpan> quickest) => quickest.Values.Max() < Within * quickest.Values.Min();
    }

    [Fact]
    public async Task Nobody_learns_by_the_clock_whether_a_link_for_a_new_password_is_made()
    {
        await using var mail = new MailServer();
        await using var site = await ChatSite.StartEmptyAsync(mail.Settings);
        await site.SetUpByAnnAsync();
        await WriteAsync(site, "update people set email = 'ann@example.org', normalized_email = 'ANN@EXAMPLE.ORG', email_confirmed = true");
        await using var db = new SqliteConnection($"Data Source={site.DatabaseFile}");
        await db.OpenAsync(Ct);

        // Whoever writes waits for up to 5 s from here on.
        await using var transaction = db.BeginTransaction(deferred: false);
        var quickest = new Dictionary<string, TimeSpan>();
        for (var round = 0; round < FewestRounds; round++) await MeasureAsync(site, "/forgot", ["Ann", "ann@example.org", "Nobody", "nobody@example.org"], round, quickest);
        await transaction.RollbackAsync(Ct);

        Assert.All(quickest, m => Assert.True(m.Value < TimeSpan.FromSeconds(1), $"{m.Key} takes {m.Value.TotalMilliseconds:F1} ms"));
        Assert.Equal("ann@example.org", (await mail.ReadAsync()).To.ToString());
    }

    /// <summary>Sends a form with each name once, another one first each time.</summary>
    static async Task MeasureAsync(ChatSite site, string path, string[] names, int round, Dictionary<string, TimeSpan> quickest, params (string Name, string Value)[] fields)
    {
        using var visitor = site.NewBrowser();
        var form = await visitor.GetAsync(path);
        foreach (var name in names.Skip(round % names.Length).Concat(names.Take(round % names.Length)))
        {
            var begun = TimeProvider.System.GetTimestamp();
            await visitor.SubmitAsync(form, path, [("Name", name), .. fields]);
            var taken = TimeProvider.System.GetElapsedTime(begun);
            quickest[name] = quickest.TryGetValue(name, out var before) && before < taken ? before : taken;
        }
    }

    static Task<int> WriteAsync(ChatSite site, string sql) => site.Services.GetRequiredService<GroupCommit>().WriteAsync(session => session.Execute(sql), Ct);
}
