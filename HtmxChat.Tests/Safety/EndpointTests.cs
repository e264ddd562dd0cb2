using System.Net;
using HtmxChat.Tests.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Safety;

/// <summary>Walks everything that the running program answers.</summary>
public sealed class EndpointTests(CanaryScene scene) : IClassFixture<CanaryScene>
{
    readonly ChatSite site = scene.Site;
    readonly Browser ann = scene.Ann;
    readonly Browser bob = scene.Bob;
    readonly List<KnownEndpoint> endpoints = scene.Endpoints;

    [Fact]
    public void Every_address_says_for_whom_it_is_how_often_and_by_what_proof_and_stands_in_the_table()
    {
        var known = EndpointTable.Everything.Split('\n').Skip(1).Select(Line).ToList();

        var found = endpoints.Select(e => Line(e.ToString())).ToList();
        Assert.True(found.ToHashSet().SetEquals(known), $"Not in the table:\n{string.Join('\n', found.Except(known))}\n\nNot in the program:\n{string.Join('\n', known.Except(found))}");
    }

    [Fact]
    public void Files_are_for_anyone_and_can_only_be_read()
    {
        var files = KnownEndpoint.Files(site);

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(KnownEndpoint.IsForAnyone(file)));
        Assert.Equal(["GET", "HEAD"], files.SelectMany(KnownEndpoint.MethodsOf).Distinct().Order());
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_gets_nowhere_but_to_what_is_for_anyone()
    {
        var stranger = site.NewBrowser();
        var token = (await stranger.GetAsync("/sign-in")).Field(Call.Token);

        foreach (var call in Call.All(endpoints.Where(e => e.Who != "anyone")))
        {
            var answer = await call.SendAsync(stranger, room: 1, token);
            Assert.True(answer.Status == HttpStatusCode.Redirect && answer.Location!.Contains("/sign-in?returnUrl=", StringComparison.Ordinal), $"{call}: {answer.Status} {answer.Location}");
        }
    }

    [Fact]
    public async Task Every_address_answers_with_the_headers_that_keep_browsers_safe_whoever_asks_and_whatever_it_says()
    {
        string[] kept = ["people/{id:long}/picture/{picture}", "site.css", "logo", "live/superseded.css", "mine/{personId:long}.css", "robots.txt"];

        foreach (var call in Call.All(endpoints.Where(e => e.Address != "rooms/{id:long}/live")))
        {
            var framing = call.Endpoint.Address == "rooms/{id:long}/composer" ? ExpectedHeaders.Framing.ByOwnPages : ExpectedHeaders.Framing.None;
            foreach (var browser in new[] { ann, bob, site.NewBrowser() })
            {
                // What would change something is refused without its token, and is an answer, too.
                var answer = await call.SendAsync(browser, room: 1, token: null);
                ExpectedHeaders.AreIn(answer.Header, framing);
                if (!kept.Contains(call.Endpoint.Address)) Assert.True(answer.Header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal), $"{call}: {answer.Status} {answer.Header("Cache-Control")}");
            }
        }
    }

    [Fact]
    public async Task What_is_for_a_role_does_not_exist_for_others()
    {
        var nowhere = await bob.GetAsync("/nowhere");
        var token = (await bob.GetAsync("/rooms/new")).Field(Call.Token);

        foreach (var call in Call.All(endpoints.Where(e => e.Who is not ("anyone" or "person" or "world"))))
        {
            var answer = await call.SendAsync(bob, room: 1, token);
            Assert.True((answer.Status, answer.Text) == (HttpStatusCode.NotFound, nowhere.Text), $"{call}: {answer.Status}");
        }
    }

    [Fact]
    public async Task Nothing_is_changed_without_the_proof()
    {
        var before = await ContentAsync();

        // By the administrator, who may do everything; with no token at all and with one of somebody else's.
        var another = (await site.NewBrowser().GetAsync("/sign-in")).Field(Call.Token);
        foreach (var token in new[] { null, "", "CfDJ8", another })
        {
            foreach (var call in Call.All(endpoints).Where(c => !c.IsSafe && c.Endpoint.Proof != "none"))
            {
                var answer = await call.SendAsync(ann, room: 1, token);
                Assert.True(answer.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest or HttpStatusCode.Redirect or HttpStatusCode.NotFound, $"{call}: {answer.Status}");
            }
        }
        Assert.Equal(before, await ContentAsync());
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/rooms/1")).Status);

        await ann.SayAsync(new(1), "Two.");
        Assert.NotEqual(before, await ContentAsync());
    }

    [Fact]
    public async Task Nothing_is_changed_by_reading()
    {
        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update invites set revoked_at_ms = 1"), Ct);
        var before = await ContentAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            foreach (var call in Call.All(endpoints).Where(c => c.IsSafe && c.Endpoint.Address != "rooms/{id:long}/live"))
            {
                await call.SendAsync(ann, room: 1, token: null, method);
                await call.SendAsync(bob, room: 1, token: null, method);
                await call.SendAsync(site.NewBrowser(), room: 1, token: null, method);
            }
            foreach (var handler in endpoints.SelectMany(e => e.Methods.Select(m => (e.Address, Method: m))).Where(x => x.Method is not ("GET" or "HEAD" or "POST" or "CONNECT")))
                await ann.SendAsync(method, $"/{Call.Fill(handler.Address, 1)}?handler={handler.Method}&Person=2&Confirmation=Lobby", content: null);
        }

        Assert.Equal(before, await ContentAsync());
    }

    // All that is stored, but for what is noted of reading itself: how far somebody has read, who is here, when a session was last used.
    async Task<string> ContentAsync()
    {
        var sql = site.Services.GetRequiredService<SqlReader>();
        var tables = await sql.AllAsync("select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not in ('keys', 'read_places', 'attendance') order by name", row => row.GetString(0), Ct);
        var content = new List<string>();
        foreach (var table in tables)
        {
            var rows = await sql.AllAsync(
                $"select * from \"{table}\"",
                row => string.Join('|', Enumerable.Range(0, row.FieldCount).Where(i => !(table == "sessions" && row.GetName(i).Contains("used", StringComparison.Ordinal))).Select(i => row.GetValue(i) is byte[] b ? Convert.ToHexString(b) : $"{row.GetValue(i)}")), Ct);
            content.AddRange(rows.Select(r => $"{table}: {r}").Order());
        }
        return string.Join('\n', content);
    }

    static string Line(string text) => string.Join(" | ", text.Split('|').Select(part => string.Join(' ', part.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
}
