using HtmxChat.E2E;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Faults;

/// <summary>Pages that did not hear what happened: they were not connected yet, or not any more.</summary>
public sealed class AwayTests
{
    [Fact]
    public async Task Two_hundred_messages_between_the_page_and_its_connection_are_all_there()
    {
        await using var site = await FaultSite.StartBehindProxyAsync();
        var (ledger, times, broken) = (new Ledger(), FaultLevel.Times(2, 20), new List<string>());
        var poster = new Poster(site.Chat.At(new Uri(site.Server.Url)), ledger, "Ann");
        for (var i = 0; i < times; i++)
        {
            var position = await site.Ann.PositionAsync(site.Room);
            var page = ShownPage.Load(await site.Chat.LoadAsync(Ct));
            Assert.Equal(position, page.Position);
            for (var n = 0; n < 200; n++) await poster.SayAsync(Ct);

            await using var live = await site.Chat.OpenAsync(page.Position, Ct);
            var fresh = ShownPage.Load(await site.Chat.LoadAsync(Ct));
            while (page.Position != fresh.Position) page.Apply((await live.NextAsync(Ct).Soon())!);
            broken.AddRange(Checker.Check(ledger, await site.Chat.StoredAsync(Ct), fresh, [page]));
        }
        FaultLevel.Report("200 messages between the page and its connection", times, times, broken);
    }

    [Fact]
    public async Task After_a_cut_in_which_messages_and_the_rooms_name_were_changed_the_page_is_as_a_fresh_one()
    {
        await using var site = await ChatSite.StartEmptyAsync();
        var ann = await site.SetUpByAnnAsync();
        await using var proxy = new Proxy(site.Address.Port);
        var (change, rename) = (site.Services.GetRequiredService<ChangeMessage>(), site.Services.GetRequiredService<RenameRoom>());
        var (room, person) = (new Room(new RoomId(1), "", ""), new PersonId(1));
        var viewing = new Web.Accounts.Viewer(person, "Ann", Role.Administrator);
        var access = (await site.Services.GetRequiredService<RoomDirectory>().FindAsync(room.Id, viewing, Ct))!;
        var (here, ledger) = (new HttpChat(ann, room.Id, HttpChat.File(site.DatabaseFile)), new Ledger());
        var away = here.At(new Uri(proxy.Url));
        var poster = new Poster(here, ledger, "Ann");
        for (var i = 0; i < 30; i++) await poster.SayAsync(Ct);
        await using var viewer = new Viewer(away);
        await viewer.ArriveAsync(Ct);
        await viewer.ConnectsAsync(1, Ct).Soon();

        proxy.Cut();
        var changes = 0;
        for (var seq = 1; seq <= 30; seq += 3, changes++) await change.EditAsync(access, seq, viewing, $"Edited {seq}", editedAt: null, Ct);
        for (var seq = 2; seq <= 30; seq += 3, changes++) await change.DeleteAsync(access, seq, viewing, Ct);
        for (var i = 0; i < 5; i++) await poster.SayAsync(Ct);
        await change.EditAsync(access, seq: 51, viewing, "Said and edited meanwhile", editedAt: null, Ct);
        await rename.RunAsync(room.Id, person, Role.Administrator, "Attic", Ct);
        changes += 2;
        await Task.Delay(FaultLevel.Seconds(0, 30), Ct);
        Assert.DoesNotContain("Attic", viewer.Page.Heading, StringComparison.Ordinal);
        proxy.Mend();

        var fresh = ShownPage.Load(await here.LoadAsync(Ct));
        await viewer.ReachesAsync(fresh.Position, Ct).Soon();
        Assert.Contains("Attic", fresh.Heading, StringComparison.Ordinal);
        Assert.Equal(fresh.Messages, viewer.Page.Messages);
        FaultLevel.Report("edits, deletions and a new name while a page was away", changes, 22, [.. viewer.Page.Problems, .. fresh.Heading == viewer.Page.Heading ? [] : new[] { viewer.Page.Heading }]);
    }
}
