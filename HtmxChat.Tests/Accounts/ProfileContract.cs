using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Accounts;

/// <summary>What people say about themselves, on both databases.</summary>
public abstract class ProfileContract(SharedSite shared)
{
    static int people;

    public static TheoryData<Carrier> Carriers => new(Enum.GetValues<Carrier>());

    [Fact]
    public async Task What_a_person_says_is_kept_and_shown_to_others()
    {
        var (dora, name, id) = await NewPersonAsync();

        var saved = await dora.SubmitAsync("/account", ("Name", $"Ms {name}"), ("Handle", $"@{Handle.From(name).Text}.2"), ("Bio", "I <b>grow</b> peas."), ("TimeZone", "Asia/Tokyo"), ("Language", "ja"));

        Assert.Equal((HttpStatusCode.SeeOther, "/account?saved"), (saved.Status, saved.Location));
        var form = await dora.GetAsync(saved.Location!);
        Assert.Equal("Saved.", form.TextOf("[role=status]"));
        Assert.Equal(($"Ms {name}", $"{Handle.From(name).Text}.2", "I <b>grow</b> peas."), (form.Field("Name"), form.Field("Handle"), form.Field("Bio")));
        Assert.Equal(["Asia/Tokyo", "ja"], form.Page.QuerySelectorAll("option[selected]").Select(o => o.GetAttribute("value")));
        var page = await shared.Bob.GetAsync($"/people/{id}");
        Assert.Equal(($"Ms {name}", "I <b>grow</b> peas."), (page.TextOf("h1"), page.TextOf("p[lang=ja]")));
        Assert.Contains($"@{Handle.From(name).Text}.2", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("(Asia/Tokyo)", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal("/", (await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", $"{Handle.From(name).Text}.2"), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task A_handle_that_somebody_has_or_once_had_is_refused_and_what_was_typed_is_kept()
    {
        var (dora, name, _) = await NewPersonAsync();
        var (emil, _, _) = await NewPersonAsync();
        var handle = Handle.From(name).Text;

        await RefusedAsync(handle.ToUpperInvariant());
        await dora.SubmitAsync("/account", ("Handle", $"{handle}.new"));
        await RefusedAsync(handle);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Site.NewBrowser().SubmitAsync(await shared.Ann.InviteAsync(), ("Name", name), ("Password", ChatSite.Password))).Status);

        Assert.Equal(HttpStatusCode.SeeOther, (await dora.SubmitAsync("/account", ("Handle", handle))).Status);
        await RefusedAsync($"{handle}.new");

        async Task RefusedAsync(string wanted)
        {
            var answer = await emil.SubmitAsync("/account", ("Handle", wanted), ("Bio", "kept"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal($"Somebody is called @{wanted.ToLowerInvariant()} already, or once was. Please choose another handle.", answer.TextOf("#handle-problem"));
            Assert.Equal((wanted, "kept"), (answer.Field("Handle"), answer.Field("Bio")));
        }
    }

    [Fact]
    public async Task Nobody_hoards_handles()
    {
        var (dora, name, _) = await NewPersonAsync();
        var handle = Handle.From(name).Text;
        for (var i = 1; i <= People.MaxGivenUp; i++) Assert.Equal(HttpStatusCode.SeeOther, (await dora.SubmitAsync("/account", ("Handle", $"{handle}.{i}"))).Status);

        var refused = await dora.SubmitAsync("/account", ("Handle", $"{handle}.more"), ("Bio", "kept"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "kept"), (refused.Status, refused.Field("Bio")));
        Assert.StartsWith("You have given up 3 handles within 30 days", refused.TextOf("#handle-problem"), StringComparison.Ordinal);
        Assert.Equal($"{handle}.3", (await dora.GetAsync("/account")).Field("Handle"));
        var (emil, _, _) = await NewPersonAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await emil.SubmitAsync("/account", ("Handle", $"{handle}.more"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await emil.SubmitAsync("/account", ("Handle", $"{handle}.3"))).Status);
    }

    [Fact]
    public async Task Of_several_who_want_a_handle_at_once_one_gets_it()
    {
        var several = new List<Browser>();
        for (var i = 0; i < 4; i++) several.Add((await NewPersonAsync()).Browser);
        var forms = await Task.WhenAll(several.Select(s => s.GetAsync("/account")));
        var wanted = $"wanted.{Interlocked.Increment(ref people)}";

        var answers = await Task.WhenAll(several.Zip(forms, (s, form) => s.SubmitAsync(form, "/account", ("Handle", wanted))));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.SeeOther));
        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_new_name_and_language_stand_above_the_persons_messages_on_every_page_that_is_loaded_afterwards()
    {
        var (dora, name, id) = await NewPersonAsync();
        var room = await shared.NewRoomAsync();
        await dora.SayAsync(room, "It was me.");
        await using var other = await OtherNodeAsync();
        using var there = shared.Bob.At(other.Address);
        foreach (var reader in new[] { shared.Bob, there }) Assert.Equal(name, (await reader.GetAsync($"/rooms/{room}")).TextOf(".by b"));

        await dora.SubmitAsync("/account", ("Name", "Dora the Second"), ("Language", "de"));

        var page = await shared.Bob.GetAsync($"/rooms/{room}");
        Assert.Equal(("Dora the Second", "de"), (page.TextOf(".by b"), page.Only(".text").GetAttribute("lang")));
        Assert.Equal($"/people/{id}", page.Only(".by b a").GetAttribute("href"));
        Assert.Equal("Dora the Second", (await shared.Bob.GetAsync($"/rooms/{room}/older?before=9")).TextOf(".by b"));

        // The other node has not been told, and finds it by itself.
        using var limit = new CancellationTokenSource(Waiting.Longest);
        while ((await there.GetAsync($"/rooms/{room}")).TextOf(".by b") != "Dora the Second") limit.Token.ThrowIfCancellationRequested();
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task The_persons_own_pages_are_sent_away_to_come_back_with_the_new_name(Carrier carrier)
    {
        var (dora, _, _) = await NewPersonAsync();
        var room = await shared.NewRoomAsync();
        await using var listening = await dora.ListenAsync(room, carrier, await dora.PositionAsync(room));
        await using var others = await shared.Bob.ListenAsync(room, Carrier.WebSocket, await shared.Bob.PositionAsync(room));

        await dora.SubmitAsync("/account", ("Name", "Dora the Third"));
        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        if (listening is SocketReader socket) Assert.Equal(1012, socket.CloseCode);
        await using var again = (SocketReader)await dora.ListenAsync(room, Carrier.WebSocket, await dora.PositionAsync(room));
        await again.SayAsync("""{"key":"0123456789abcdefghij","text":"Me again."}""");
        await others.HearAsync("Me again.");
        Assert.Contains("Dora the Third", others.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_nobody_knows_is_no_page_and_a_direct_conversation_begins_from_one()
    {
        var (_, _, id) = await NewPersonAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync("/people/999999")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await shared.Site.NewBrowser().GetAsync($"/people/{id}")).Status);
        var opened = await shared.Bob.SubmitAsync(await shared.Bob.GetAsync($"/people/{id}"), "/direct/new");
        Assert.StartsWith("/rooms/", opened.Location, StringComparison.Ordinal);
    }

    protected async Task<(Browser Browser, string Name, long Id)> NewPersonAsync()
    {
        var name = $"Dora {Interlocked.Increment(ref people)}";
        var browser = await shared.Site.JoinAsync(shared.Ann, name);
        return (browser, name, long.Parse(await browser.NumberAsync()));
    }

    protected abstract Task<ChatSite> OtherNodeAsync();
}

public sealed class SqliteProfileTests(SharedSite shared) : ProfileContract(shared)
{
    readonly SharedSite shared = shared;

    protected override Task<ChatSite> OtherNodeAsync() => shared.Site.StartOtherNodeAsync();
}

public sealed class PostgresProfileTests(PostgresSite shared) : ProfileContract(shared), IClassFixture<PostgresSite>
{
    protected override Task<ChatSite> OtherNodeAsync() => ChatSite.StartEmptyAsync(("ConnectionStrings:Chat", shared.ConnectionString));
}
