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

    // Nobody is locked out before the tenth wrong password.
    const int Rounds = 9;

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

        var medians = await MeasureAsync(site, "/sign-in", [.. known, "Nobody", "nobody@example.org"], ("Password", "wrong guess"));

        var usual = medians["Bob"];
        Assert.All(medians, m => Assert.True((m.Value - usual).Duration() < usual / 2, $"{m.Key} takes {m.Value.TotalMilliseconds:F1} ms, and a wrong password {usual.TotalMilliseconds:F1} ms"));
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
        var medians = await MeasureAsync(site, "/forgot", ["Ann", "ann@example.org", "Nobody", "nobody@example.org"]);
        await transaction.RollbackAsync(Ct);

        Assert.All(medians, m => Assert.True(m.Value < TimeSpan.FromSeconds(1), $"{m.Key} takes {m.Value.TotalMilliseconds:F1} ms"));
        Assert.Equal("ann@example.org", (await mail.ReadAsync()).To.ToString());
    }

    /// <summary>Sends a form with each name in turn, again and again, so that whatever else the machine does falls on all of them alike.</summary>
    /// <returns>What its answer takes for each name, in the middle.</returns>
    static async Task<Dictionary<string, TimeSpan>> MeasureAsync(ChatSite site, string path, string[] names, params (string Name, string Value)[] fields)
    {
        using var visitor = site.NewBrowser();
        var form = await visitor.GetAsync(path);
        await visitor.SubmitAsync(form, path, [("Name", "The first one is slow"), .. fields]);
        var taken = names.ToDictionary(n => n, _ => new List<TimeSpan>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var name in names.Skip(round % names.Length).Concat(names.Take(round % names.Length)))
            {
                var begun = TimeProvider.System.GetTimestamp();
                await visitor.SubmitAsync(form, path, [("Name", name), .. fields]);
                taken[name].Add(TimeProvider.System.GetElapsedTime(begun));
            }
        }
        return taken.ToDictionary(t => t.Key, t => t.Value.Order().ElementAt(Rounds / 2));
    }

    static Task<int> WriteAsync(ChatSite site, string sql) => site.Services.GetRequiredService<GroupCommit>().WriteAsync(session => session.Execute(sql), Ct);
}
