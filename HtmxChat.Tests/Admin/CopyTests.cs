using HtmxChat.E2E;
using HtmxChat.Tests.Storage;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Admin;

public sealed class CopyTests(SharedPostgres server)
{
    [Fact]
    public async Task A_running_site_goes_on_on_PostgreSQL_with_everything_it_had()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob ✓");
        var room = await LiveAsync(site, ann, bob);
        await ann.SetPublicRoomsAsync();
        await ann.PublishAsync(room);
        var before = await bob.GetAsync($"/rooms/{room}");
        var to = await server.NewDatabaseAsync();

        var (code, said) = await CopyAsync(site.DatabaseFile, to);

        Assert.True(code == 0, said);
        Assert.Matches(@"messages +4 rows   [0-9a-f]{32}", said);
        Assert.Contains("Counts and contents are the same in both.", said, StringComparison.Ordinal);
        Assert.Contains("Open pages will load anew.", said, StringComparison.Ordinal);
        await using var copy = await ChatSite.StartEmptyAsync(("ConnectionStrings:Chat", to));
        var after = await bob.At(copy.Address).GetAsync($"/rooms/{room}");
        Assert.Equal(before.Only("#messages").OuterHtml, after.Only("#messages").OuterHtml);
        Assert.NotEqual(Epoch(before), Epoch(after));
        await bob.At(copy.Address).SayAsync(room, "We have moved.");
        Assert.EndsWith(".8", await bob.At(copy.Address).PositionAsync(room), StringComparison.Ordinal);
        Assert.Equal(["We have moved."], (await copy.NewBrowser().GetAsync($"/rooms/{room}")).Messages);
        Assert.Equal(new RoomId(room.Value + 1), await bob.At(copy.Address).NewRoomAsync("New"));
        Assert.Equal("/", (await copy.NewBrowser().SubmitAsync("/sign-in", ("Name", "bob ✓"), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task Every_value_of_every_table_arrives_as_it_was()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
            var person = new Person { DisplayName = "Ann", UserName = "Ann", NormalizedUserName = "ANN", Email = "a@b.example", LockoutEnabled = true, LockoutEnd = new(2026, 5, 4, 12, 0, 0, 123, 456, TimeSpan.Zero), AccessFailedCount = 3, Role = Role.Administrator, Bio = "Grows peas.", TimeZone = "Asia/Tokyo", Language = "ja", Picture = "p", Version = 7, LosesMessages = true };
            db.Add(person);
            await db.SaveChangesAsync(Ct);
            db.Add(new PictureRow { PersonId = person.Id, Content = [1, 0, 2] });
            db.Add(new FormerHandleRow { Key = "ANNA", PersonId = person.Id });
            db.Add(new Microsoft.AspNetCore.Identity.IdentityUserClaim<long> { UserId = person.Id, ClaimType = "a", ClaimValue = "b" });
            var session = new SessionRow { PersonId = person.Id, KeyHash = [1, 2], Ticket = [3], Device = "Laptop" };
            db.Add(session);
            db.Add(new TwoStepRow { PersonId = person.Id, Secret = "JBSWY3DP", OnSinceMs = 1, LastStep = 60_000_000, Tries = 2, TriesFromMs = 3 });
            db.Add(new RecoveryCodeRow { PersonId = person.Id, Hash = [4, 5] });
            db.Add(new PasskeyRow { PersonId = person.Id, CredentialId = [0, 255], PublicKey = [6], Name = "Phone ✓", Transports = "internal hybrid", SignCount = uint.MaxValue, IsBackupEligible = true, CreatedAtMs = 7 });
            await db.SaveChangesAsync(Ct);
            db.Add(new PhoneLinkRow { SessionId = session.Id, TokenHash = [8], ExpiresAtMs = 9, UsedAtMs = 10 });
            await db.SaveChangesAsync(Ct);
        }
        await site.StopAsync();
        var to = await server.NewDatabaseAsync();

        var (code, said) = await CopyAsync(site.DatabaseFile, to);

        Assert.True(code == 0, said);
        Assert.DoesNotContain("load anew", said, StringComparison.Ordinal);
        using var database = new PostgresDatabase(to);
        await using var copied = database.NewContext();
        var ann = Assert.Single(copied.Users);
        Assert.Equal(("Ann", "a@b.example", true, 3, Role.Administrator), (ann.UserName, ann.Email, ann.LockoutEnabled, ann.AccessFailedCount, ann.Role));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 12, 0, 0, 123, 456, TimeSpan.Zero), ann.LockoutEnd);
        Assert.Equal(("Grows peas.", "Asia/Tokyo", "ja", "p", 7, true), (ann.Bio, ann.TimeZone, ann.Language, ann.Picture, ann.Version, ann.LosesMessages));
        Assert.Equal([1, 0, 2], Assert.Single(copied.Set<PictureRow>()).Content);
        Assert.Equal(("ANNA", ann.Id), (Assert.Single(copied.Set<FormerHandleRow>()).Key, copied.Set<FormerHandleRow>().Single().PersonId));
        Assert.Equal("b", Assert.Single(copied.UserClaims).ClaimValue);
        var twoStep = Assert.Single(copied.Set<TwoStepRow>());
        Assert.Equal((ann.Id, "JBSWY3DP", 1L, 60_000_000L, 2, 3L), (twoStep.PersonId, twoStep.Secret, twoStep.OnSinceMs, twoStep.LastStep, twoStep.Tries, twoStep.TriesFromMs));
        Assert.Equal([4, 5], Assert.Single(copied.Set<RecoveryCodeRow>()).Hash);
        var passkey = Assert.Single(copied.Set<PasskeyRow>());
        Assert.Equal((ann.Id, "Phone ✓", "internal hybrid", (long)uint.MaxValue, true, 7L, null), (passkey.PersonId, passkey.Name, passkey.Transports, passkey.SignCount, passkey.IsBackupEligible, passkey.CreatedAtMs, passkey.LastUsedAtMs));
        Assert.Equal([0, 255], passkey.CredentialId);
        var link = Assert.Single(copied.Set<PhoneLinkRow>());
        Assert.Equal((Assert.Single(copied.Set<SessionRow>()).Id, 9L, 10L), (link.SessionId, link.ExpiresAtMs, link.UsedAtMs));
        await site.StartAsync();
    }

    [Fact]
    public async Task A_target_that_holds_something_is_left_alone()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var setting = await PostgresSite.SettingAsync(server);
        await using var there = await ChatSite.StartEmptyAsync(setting);
        await there.SetUpByAnnAsync();

        var (code, said) = await CopyAsync(site.DatabaseFile, setting.Value);

        Assert.Equal(1, code);
        Assert.StartsWith("The target is not empty: there is something in ", said, StringComparison.Ordinal);
        Assert.Equal([1L, 1L, 1L], await there.CountAsync("sites", "people", "rooms"));
    }

    [Fact]
    public async Task What_was_mistyped_is_said()
    {
        var to = await server.NewDatabaseAsync();

        Assert.Equal((1, "There is no file /nowhere/chat.db."), await CopyAsync("/nowhere/chat.db", to));
        Assert.Equal((1, "--to has to name a PostgreSQL server: Host=…, or postgres://…."), await CopyAsync("/nowhere/chat.db", "Data Source=other.db"));
    }

    [Fact]
    public void Contents_are_the_same_in_any_order_and_differ_by_any_value()
    {
        var one = Sum([1L, "a", null], [2L, "b", true]);

        Assert.True(one.IsSameAs(Sum([2L, "b", true], [1L, "a", null])));
        foreach (var other in new[] { Sum([1L, "a", null]), Sum([1L, "a", ""], [2L, "b", true]), Sum([1L, "a", null], [2L, "b", false]), Sum([1L, "a", null], [2L, "b", true], [2L, "b", true]), Sum([1L, "", "a", null], [2L, "b", true]) })
            Assert.False(one.IsSameAs(other));
    }

    /// <summary>Says, edits and deletes something, and gives the room a new name: seven events.</summary>
    static async Task<RoomId> LiveAsync(ChatSite site, Browser ann, Browser bob)
    {
        var room = await ann.NewRoomAsync("Garden", "What grows");
        await ann.SayAsync(room, "Beans.", "Peas. 👩‍🚀", "Gone.");
        await bob.SayAsync(room, "Leeks\nand 'onions'.");
        var store = site.Services.GetRequiredService<MessageStore>();
        await store.EditAsync(room, 1, Draft.Parse("Broad beans.", out _)!, editedAt: null, Ct);
        await store.DeleteAsync(room, [3], Ct);
        Assert.IsType<RenameOutcome.Renamed>(await site.Services.GetRequiredService<RenameRoom>().RunAsync(room, new PersonId(1), Role.Administrator, "Allotment", Ct));
        return room;
    }

    static TableContent Sum(params object?[][] rows)
    {
        var content = new TableContent();
        foreach (var row in rows) content.Add(row);
        return content;
    }

    static string Epoch(Answer page) => page.Only("#position").GetAttribute("value")!.Split('.')[0];

    static async Task<(int Code, string Said)> CopyAsync(string from, string to)
    {
        using var copying = ChatServer.Run(["copy", "--from", from, "--to", to]);
        var (said, complained) = (copying.StandardOutput.ReadToEndAsync(Ct), copying.StandardError.ReadToEndAsync(Ct));
        await copying.WaitForExitAsync(Ct).Soon();
        return (copying.ExitCode, $"{await said}{await complained}".Trim());
    }
}
