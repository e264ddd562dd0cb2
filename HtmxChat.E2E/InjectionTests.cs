using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>1,200 hostile strings through every field that people fill, looked at in a real browser: each is text and nothing else.</summary>
public sealed partial class InjectionTests(Site site) : IClassFixture<Site>
{
    const int Count = 1_200;
    const int Together = 6;   // in one message, each on lines of its own: a page takes its time for each message
    const int PageSize = 40;
    const float Patience = 120_000;
    const int First = 100_000;

    // Runs before everything else on each page, and in each of its frames.
    const string Ear =
        """
        window.__ran = () => { window.top.__did = (window.top.__did ?? 0) + 1; };
        window.shape = element => `${element.localName} ${[...element.attributes].map(a => a.name).sort().join(' ')}`.trim();
        window.said = text => (text.querySelector('pre')?.textContent ?? '').replace(/\n+$/, '');
        window.shapes = root => [...new Set([root, ...root.querySelectorAll('*')].map(window.shape))].sort();
        """;

    // Notes what comes into the list of messages: the text of each by its key, and what all of them are made of.
    const string Watch =
        """
        () => {
          window.seen = {};
          window.made = new Set();
          new MutationObserver(changes => {
            for (const message of changes.flatMap(c => [...c.addedNodes]).filter(n => n.classList?.contains('message'))) {
              window.seen[message.dataset.key] = window.said(message.querySelector('.text'));
              for (const shape of window.shapes(message)) window.made.add(shape);
            }
          }).observe(document.getElementById('messages'), { childList: true });
        }
        """;

    // All that a message is made of, and all that Markdown makes of a text.
    static readonly HashSet<string> OfAMessage =
    [
        "a href", "a aria-label aria-labelledby class href id", "article class data-author data-key data-seq id", "article class data-author data-calls data-key data-seq id", "b dir id", "br", "div class", "div class dir", "h2 class", "span class data-initials", "time datetime title",
        "a href rel target", "a class href", "b", "b dir", "blockquote", "code", "del", "details", "div aria-label class role tabindex", "em", "hr", "li", "ol", "ol start", "p", "pre aria-label class role tabindex", "span class", "strong", "summary", "table", "tbody", "td", "td class", "th", "th class", "tr", "ul",
    ];

    // The program's own, and those that Markdown makes.
    const string AllowedLinks = "[href^='/people/'], .preview, .more, .by > [href^='/rooms/'], .text a[rel='nofollow noopener noreferrer'][target=_blank]:is([href^='http://'], [href^='https://'], [href^='mailto:'])";

    // Each stands on a page with all its texts at once. To try another field, add a line: how the database is filled, where
    // it is shown and in what.
    static readonly Field[] Fields =
    [
        new("name of a room", Database.Copied("rooms", "name = 'Template'", $"id = {First} + @n, name = @text, name_key = 'listed ' || @n"), "/rooms/{room}", "#rooms li a[title] .name", "e => [...e.childNodes].filter(n => n.nodeType === 3).at(-1).data", AtOnce: Count),
        new("icon of a room", $"update rooms set icon = @text where id = {First} + @n", "/rooms/{room}", "#rooms li .name > span[aria-hidden]", "e => e.textContent.slice(0, -1)", AtOnce: Count),
        new("topic of a room", $"update rooms set topic = @text where id = {First} + @n", "/rooms/{room}", "#rooms li a[title]", "e => e.title", AtOnce: Count),
        new("what is behind a link", Database.Copied("messages", "text = 'Somebody will report this.'", $"seq = {First} + @n, changed_seq = {First} + @n, client_key = 'link ' || @n, preview = json_object('Url', 'https://example.org/', 'Site', @text, 'Title', @text, 'Description', @text, 'Picture', null)"), "/rooms/1?before=999999999", ".preview b", Together: 10, AtOnce: 40),
        new("what it is about", "select 1", "/rooms/1?before=999999999", ".preview i", Together: 10),
        new("where it is", "select 1", "/rooms/1?before=999999999", ".preview small", "e => e.textContent.replace(/ · example\\.org$/, '')", Together: 10),
        new("name of a person", $"update people set display_name = @text, standing = 1 where id = {First} + @n", "/rooms/{room}/about", ".list li > a[dir]"),
        new("handle of a person", $"update people set user_name = @text || '/' || @n, normalized_user_name = @n where id = {First} + @n", "/rooms/{room}/about", ".list li small", "e => e.textContent.slice(1).replace(/\\/\\d+$/, '')"),
        new("name of a person to talk to", $"update people set standing = 1 where id = {First} + @n", "/direct/new", ".people label span"),
        new("name of a guest", $"update people set standing = 1, role = 3 where id = {First} + @n", "/rooms/{room}/members", ".members li a.name"),
        new("name of a person, for administrators", $"update people set display_name = @text, standing = 1, role = 3 where id = {First} + @n", "/admin/people?show=Guests", ".rows li a", Together: 40),
        new("note of an invite", "insert into invites (code, note, created_by_id, created_at_ms, uses) values ('code' || @n, @text, 1, 0, 0)", "/admin/invites", ".invite h2", Together: 10),
        new("note of an invite, read aloud", "select 1", "/admin/invites", ".invite", "e => e.ariaLabel", Together: 10),
        new("what was done", "insert into audit (at_ms, kind, by_id, about, address) values (0, 10, 1, @text, @text)", "/admin/audit", ".rows li > span span", Together: 40),
        new("where it was done from", "select 1", "/admin/audit", ".rows .end", "e => e.textContent.split(' UTC, from ')[1]", Together: 40),
        new("reason of a report", $"insert into reports (room_id, message_seq, reporter_id, reason, reported_at_ms) values (1, 1, {First} + @n, @text, 0)", "/admin/reports", ".rows li > span", Together: 10),
        new("answer of a poll", "update messages set poll = json_object('Options', json_array(json_object('Text', @text, 'People', json_array()), json_object('Text', 'word', 'People', json_array())), 'AllowsSeveral', json('false'), 'IsClosed', json('false')) where room_id = 1 and seq = 1", "/rooms/1/messages/1/poll", "main li b", AtOnce: 1, Together: 40),
        new("what is typed", "insert or replace into drafts (person_id, room_id, thread_seq, text, saved_at_ms) values (1, 1, 0, @text, 0)", "/rooms/1/composer", "#text", AtOnce: 1, Together: 40),
        new("name of a passkey", "insert into passkeys (person_id, credential_id, public_key, name, transports, sign_count, is_backup_eligible, created_at_ms) values (1, randomblob(16), x'00', @text, '', 0, 0, 0)", "/account/passkeys", ".entries [name=NewName]", "e => e.getAttribute('value')", AtOnce: Count),
        new("device and address of a session", "insert into sessions (key_hash, person_id, ticket, created_at_ms, expires_at_ms, last_used_at_ms, address, device) values (randomblob(32), 1, x'00', @n, 99999999999999, 0, @text, @text)", "/account/sessions", ".sessions .hint", "e => e.firstChild.data.split(', from ').slice(1).join(', from ')", AtOnce: Count),
    ];

    static readonly IReadOnlyList<string> Strings = HostileStrings.Compose(Count);

    static readonly IReadOnlyList<string> Messages = [.. Strings.Chunk(Together).Select(some => string.Join('\n', some))];

    readonly List<string> foreign = [];

    /// <param name="Name">For whoever reads of a failure.</param>
    /// <param name="Fill">Run for each text, see <see cref="Database.ExecuteForEachAsync"/>.</param>
    /// <param name="Text">What an element that was found says, as a function of JavaScript.</param>
    /// <param name="AtOnce">As many as its page shows at a time.</param>
    /// <param name="Together">As many strings stand in one text, where a page takes its time for each or shows but a few.</param>
    sealed record Field(string Name, string Fill, string Page, string Selector, string Text = "e => e.textContent", int AtOnce = 400, int Together = 1);

    // As code they are shown sign for sign. As Markdown they look otherwise: they are nothing but what Markdown is made of, and can be had as they were typed.
    [Theory]
    [InlineData("code", "~~~~~~~~~~~~")]
    [InlineData("Markdown", null)]
    public async Task As_messages_they_arrive_as_they_were_typed_live_streamed_and_on_every_page(string kind, string? fence)
    {
        IReadOnlyList<string> messages = fence is null ? Messages : [.. Messages.Select(m => $"{fence}\n{m}\n{fence}")];
        var mallory = await ComeAsync($"Mallory with {kind}");
        var room = await mallory.CreateRoomAsync($"Strings as {kind}");
        await mallory.BecomesLiveAsync();
        await mallory.Page.EvaluateAsync(Watch);
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true };
        var events = await ComeAsync($"Reader of events with {kind}", proxy.Url);
        await events.Page.GotoAsync($"/rooms/{room}");
        await events.StatusBecomesAsync("fallback");
        await events.Page.EvaluateAsync(Watch);
        var plain = await site.JoinAsync($"Plain reader of {kind}", scripts: false);
        await plain.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(plain.Page.FrameLocator("iframe.stream").Locator(".older")).ToBeVisibleAsync();

        var keys = await PostAsync(mallory, room, messages);

        foreach (var live in new[] { mallory, events })
        {
            await live.Page.WaitForFunctionAsync("n => Object.keys(window.seen).length >= n", Messages.Count, new() { Timeout = Patience });
            var seen = await live.Page.EvaluateAsync<Dictionary<string, string>>("() => window.seen");
            for (var i = 0; i < Messages.Count && fence is not null; i++) Assert.Equal(AsCode(Messages[i]), seen[keys[i]]);
            Assert.Subset(OfAMessage, (await live.Page.EvaluateAsync<string[]>("() => [...window.made]")).ToHashSet());
        }
        await events.StatusBecomesAsync("fallback");
        await NothingHappenedAsync(mallory);
        Assert.Null(await events.Page.EvaluateAsync<int?>("() => window.__did ?? null"));

        var stream = plain.Page.Frames.Single(f => f.Url.EndsWith("/live", StringComparison.Ordinal));
        await Expect(plain.Page.FrameLocator("iframe.stream").Locator(".message")).ToHaveCountAsync(Messages.Count);
        Assert.Equal(Messages.Count, await stream.Locator(".message > .text").CountAsync());
        Assert.Equal(0, await stream.Locator($".hostile, #messages a:not({AllowedLinks}), #messages :not(a, article, b, blockquote, br, code, del, details, div, em, h2, hr, li, ol, p, pre, span, strong, summary, table, tbody, td, th, time, tr, ul)").CountAsync());

        var shown = new List<string>();
        for (var before = Messages.Count + 1; before > 1; before -= PageSize)
        {
            await mallory.Page.GotoAsync($"/rooms/{room}?before={before}", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            var page = await mallory.Page.EvaluateAsync<string[][]>(
                """
                async code => {
                  const said = code ? [...document.querySelectorAll('#messages .text')].map(window.said) : await Promise.all([...document.querySelectorAll('#messages .more')].map(async more => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await (await fetch(more.href.replace(/more$/, 'source'))).arrayBuffer())));
                  return [said, [...document.querySelectorAll('#messages .message')].flatMap(window.shapes)];
                }
                """, fence is not null);
            Assert.Equal(PageSize, page[0].Length);
            shown.AddRange(page[0]);
            Assert.Subset(OfAMessage, page[1].ToHashSet());
            await NothingHappenedAsync(mallory);
        }
        Assert.Equal(Messages.Select(m => fence is null ? AsStored(m) : AsCode(m)).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task In_names_and_all_other_fields_they_are_text_too()
    {
        await using var database = new Database(site);
        var trent = await ListenAsync(await site.AnnAsync());
        await trent.SayAsync("Somebody will report this.");
        await trent.SeesAsync("Somebody will report this.");
        var room = await trent.CreateRoomAsync("Template", "word");
        await trent.Page.GotoAsync($"/rooms/{room}");
        var person = int.Parse((await trent.Page.GetAttributeAsync("#live", "data-viewer"))!, CultureInfo.InvariantCulture);
        IReadOnlyList<string> lines = [.. Strings.Select(AsLine).Distinct()];
        await database.ExecuteForEachAsync(Database.Copied("people", $"id = {person}", $"id = {First} + @n, display_name = 'word', user_name = 'w' || @n, normalized_user_name = 'W' || @n, normalized_email = null, standing = 2"), lines);

        foreach (var page in Fields.GroupBy(f => f.Page))
        {
            IReadOnlyList<string> texts = [.. lines.Chunk(page.First().Together).Select(some => string.Join(' ', some))];
            var missing = page.ToDictionary(f => f, _ => texts.ToHashSet());
            foreach (var from in Enumerable.Range(0, (texts.Count + page.First().AtOnce - 1) / page.First().AtOnce).Select(i => i * page.First().AtOnce))
            {
                foreach (var field in page) await database.ExecuteForEachAsync(field.Fill.Replace("@n", $"({from} + @n)", StringComparison.Ordinal), [.. texts.Skip(from).Take(field.AtOnce)]);
                await trent.Context.APIRequest.GetAsync("/rooms/9999999"); // after a room that is not known all are read anew
                await trent.Page.GotoAsync(page.Key.Replace("{room}", $"{room}", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                foreach (var field in page) missing[field].ExceptWith(await trent.Page.Locator(field.Selector).EvaluateAllAsync<string[]>($"all => all.map({field.Text})"));
                await NothingHappenedAsync(trent);
                await database.ExecuteAsync($"update people set standing = 2 where id > {First}");
            }
            Assert.All(missing, field => Assert.True(field.Value.Count == 0, $"{field.Key.Name}: {field.Value.Count} are not shown as they are, for example {field.Value.FirstOrDefault()}"));
        }

        await EachRoomByItselfAsync(trent, person, room, lines);
    }

    // What somebody has written is in one of these columns, and each of them is shown here or in InjectionFormsTests.
    static readonly string[] Shown =
    [
        "messages.text", "messages.poll", "scheduled.text", "messages.preview", "rooms.name", "rooms.icon", "rooms.topic", "people.display_name", "people.user_name", "people.bio", "people.email", "invites.note", "audit.about", "audit.address",
        "reports.reason", "drafts.text", "reports.answer", "passkeys.name", "sessions.address", "sessions.device", "sites.name", "sites.style", "asp_net_user_logins.provider_display_name",
    ];

    // What the program itself has made, chosen or put into another form, and what is shown to nobody.
    static readonly string[] NobodysText =
    [
        "messages.client_key", "messages.reactions", "messages.mentioned", "people.preferences", "people.recent_emoji", "people.hiding_key", "preview_pictures.version", "scheduled.client_key", "scheduled.problem", "rooms.name_key", "people.normalized_user_name", "people.normalized_email", "people.password_hash", "people.security_stamp", "people.concurrency_stamp", "people.phone_number",
        "people.lockout_end", "people.time_zone", "people.language", "people.picture", "former_handles.key", "invites.code", "account_links.address", "passkeys.transports", "sites.epoch", "sites.logo_version", "two_steps.secret",
        "attendance.node", "attendance.active", "attendance.away", "data_protection_keys.name", "data_protection_keys.xml", "asp_net_user_claims.claim_type", "asp_net_user_claims.claim_value",
        "asp_net_user_logins.login_provider", "asp_net_user_logins.provider_key", "asp_net_user_tokens.login_provider", "asp_net_user_tokens.name", "asp_net_user_tokens.value",
    ];

    [Fact]
    public async Task Every_text_that_is_stored_is_shown_in_one_of_these_tests()
    {
        await using var database = new Database(site);

        var stored = await database.ReadAsync("select t.name || '.' || c.name from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite%' and t.name not like '%migrations%' and c.type = 'TEXT'");

        Assert.Equal(Shown.Concat(NobodysText).Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    // Where the room of a page stands: its heading, title, topic, labels, with ten of the texts in each. The browser's own parser reads them all, and goes to some.
    async Task EachRoomByItselfAsync(Visitor visitor, int person, int harmless, IReadOnlyList<string> lines)
    {
        await using var database = new Database(site);
        IReadOnlyList<string> names = [.. lines.Chunk(10).Select(some => string.Join(' ', some))];
        await database.ExecuteForEachAsync($"update rooms set name = @text, topic = @text, icon = '' where id = {First} + @n", names);
        await database.ExecuteAsync($"update rooms set kind = 2 where id > {First}");
        await database.ExecuteForEachAsync(
            $"insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms) values ({First} + @n, {person}, 4, 0, 0, 0)", names);
        await visitor.Page.EvaluateAsync("() => fetch('/rooms/9999999')");
        await visitor.Page.GotoAsync($"/rooms/{harmless}");

        var wrong = await visitor.Page.EvaluateAsync<string[]>(
            """
            async ([harmless, first, count]) => {
              const parse = async room => new DOMParser().parseFromString(await (await fetch(`/rooms/${room}`)).text(), 'text/html');
              const all = document => [...document.querySelectorAll('*')].filter(e => !e.closest('#rooms')).map(window.shape).join(';');
              const says = document => [document.querySelector('#room-name').textContent, document.querySelector('.topic').textContent, document.querySelector('#text').placeholder.slice(11), document.querySelector('#scroller').ariaLabel.slice(12)];
              const expected = all(await parse(harmless)), wrong = [];
              const check = async n => {
                const document = await parse(first + n);
                if (all(document) !== expected || new Set(says(document)).size > 1) wrong.push(`${n}: ${all(document) === expected ? 'texts' : 'elements'} of ${JSON.stringify(says(document))}`);
              };
              for (let n = 1; n <= count; n += 20) await Promise.all(Array.from({ length: Math.min(20, count - n + 1) }, (_, i) => check(n + i)));
              return wrong;
            }
            """, new object[] { harmless, First, names.Count });
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));

        for (var n = 1; n <= names.Count; n += 30)
        {
            await visitor.Page.GotoAsync($"/rooms/{First + n}");
            await Expect(visitor.Page.Locator("#room-name")).ToBeVisibleAsync();
            Assert.Equal(names[n - 1], await visitor.Page.Locator("#room-name").TextContentAsync());
            Assert.StartsWith(names[n - 1], await visitor.Page.Locator("title").TextContentAsync(), StringComparison.Ordinal);
            await NothingHappenedAsync(visitor);
        }
    }

    async Task<Visitor> ComeAsync(string name, string? url = null)
    {
        var visitor = await site.JoinAsync(name, url);
        return await ListenAsync(visitor, url ?? site.Server.Url);
    }

    Task<Visitor> ListenAsync(Visitor visitor) => ListenAsync(visitor, site.Server.Url);

    async Task<Visitor> ListenAsync(Visitor visitor, string url)
    {
        await visitor.Context.AddInitScriptAsync(Ear);
        visitor.Page.Request += (_, request) =>
        {
            if (!Known().IsMatch(new Uri(request.Url).PathAndQuery) || !request.Url.StartsWith(url, StringComparison.Ordinal)) foreign.Add(request.Url);
        };
        visitor.Page.Dialog += (_, dialog) => foreign.Add(dialog.Message);
        return visitor;
    }

    /// <summary>Posts all of them, eight at a time, and no faster than the page can show them. No form with a NUL is taken.</summary>
    /// <returns>The key of each.</returns>
    async Task<string[]> PostAsync(Visitor visitor, int room, IReadOnlyList<string> messages)
    {
        var cookies = string.Join("; ", (await visitor.Context.CookiesAsync()).Select(c => $"{c.Name}={c.Value}"));
        var token = await visitor.Page.InputValueAsync("#composer [name=__RequestVerificationToken]");
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(site.Server.Url) };
        http.DefaultRequestHeaders.Add("Cookie", cookies);
        http.DefaultRequestHeaders.Add("HX-Request", "true");
        var keys = messages.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"hostile-string-{i}")).ToArray();
        foreach (var some in Enumerable.Range(0, Messages.Count).Chunk(100))
        {
            await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ct) =>
            {
                using var form = new FormUrlEncodedContent([new("key", keys[i]), new("text", messages[i].Replace("\0", "", StringComparison.Ordinal)), new("__RequestVerificationToken", token)]);
                using var answer = await http.PostAsync(new Uri($"/rooms/{room}", UriKind.Relative), form, ct);
                Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{answer.StatusCode} for {i}: {Uri.EscapeDataString(messages[i])}");
            });
            await visitor.Page.WaitForFunctionAsync("n => Object.keys(window.seen).length >= n", some[^1] + 1, new() { Timeout = Patience });
        }
        return keys;
    }

    async Task NothingHappenedAsync(Visitor visitor)
    {
        Assert.Null(await visitor.Page.EvaluateAsync<int?>("() => window.__did ?? null"));
        Assert.Equal(0, await visitor.Page.Locator($".hostile, .message a:not({AllowedLinks})").CountAsync());
        Assert.Empty(foreign);
        Assert.True(visitor.Complaints.All(c => c.Contains("404", StringComparison.Ordinal)), string.Join('\n', visitor.Complaints));
    }

    // As Draft and the lines of a name clean them; what a text says is left alone.
    static string AsStored(string text) => Cleaned(text).Trim();

    // Empty lines at its end are none.
    static string AsCode(string text) => Cleaned(text).TrimEnd('\n');

    static string Cleaned(string text) => string.Concat(LineEnd().Replace(text, "\n").Where(c => !char.IsControl(c) || c is '\n' or '\t'));

    static string AsLine(string text) => string.Concat(LineEnd().Replace(text, " ").Where(c => !char.IsControl(c))).Trim();

    [GeneratedRegex("\r\n|[\r\n\f\u0085\u2028\u2029]")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"^/(rooms/\d+(/(live|older|composer|about|members|here|messages/1/poll|messages/\d+/source))?(\?(before|after)=[\w.]+(&\w+(=[\w-]*)?)*)?|direct/new|rooms/new|admin/\w+(\?show=Guests)?|account/\w+|css/[\w.]+|js/[\w.]+|lib/[\w.]+|mine/\d+\.css(\?v=\w+)?|icon[\w.]*\.svg)$")]
    private static partial Regex Known();
}
