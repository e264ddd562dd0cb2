using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>
/// The same hostile strings in every field of every form of the running site, in what its pages are asked for, and in the texts
/// of which a page shows one: a browser reads what comes back, and it is made of what it would be made of otherwise.
/// </summary>
/// <remarks>No list of fields stands here. The pages' sources are searched for fields, and one that was not filled in fails the test.</remarks>
public sealed partial class InjectionFormsTests(FullSite site) : IClassFixture<FullSite>
{
    const int Count = 1_200;
    const int First = 100_000;
    const int Crowd = 500_000;
    const int MaxBio = 160;
    const string Token = "0123456789abcdef";
    const string Linked = "insert or ignore into asp_net_user_logins (login_provider, provider_key, provider_display_name, user_id) values ('OpenIdConnect', 'k', 'Ann over there', 1)";

    // Where to go for the variable parts of an address. An address without a line here, and without variable parts, is its own.
    static readonly Dictionary<string, string> Known = new()
    {
        ["/admin/people/{id:long}"] = "/admin/people/{bob}",
        ["/people/{id:long}"] = "/people/{bob}",
        ["/confirm/{token}"] = "/confirm/nothing",
        ["/phone/{token}"] = "/phone/nothing",
        ["/reset/{token}"] = $"/reset/{Token}",
        ["/problem/{status:int}"] = "/nowhere",
        ["/rooms/{id:long}"] = "/rooms/1",
        ["/rooms/{id:long}/about"] = "/rooms/2/about",
        ["/rooms/{id:long}/composer"] = "/rooms/1/composer",
        ["/rooms/{id:long}/members"] = "/rooms/1/members",
        ["/rooms/{id:long}/preview"] = "/rooms/1/preview",
        ["/rooms/{id:long}/public"] = "/rooms/1/public",
        ["/rooms/{id:long}/settings"] = "/rooms/2/settings",
        ["/rooms/{id:long}/messages/{seq:long}/delete"] = "/rooms/1/messages/{said}/delete",
        ["/rooms/{id:long}/messages/{seq:long}/edit"] = "/rooms/1/messages/{said}/edit",
        ["/rooms/{id:long}/messages/{seq:long}/forward"] = "/rooms/1/messages/{said}/forward",
        ["/rooms/{id:long}/messages/{seq:long}/more"] = "/rooms/1/messages/{said}/more",
        ["/rooms/{id:long}/messages/{seq:long}/pin"] = "/rooms/1/messages/{said}/pin",
        ["/rooms/{id:long}/pins"] = "/rooms/1/pins",
        ["/rooms/{id:long}/messages/{seq:long}/poll"] = "/rooms/1/messages/{said}/poll",
        ["/rooms/{id:long}/messages/{seq:long}/unread"] = "/rooms/1/messages/{said}/unread",
        ["/rooms/{id:long}/poll"] = "/rooms/1/poll",
        ["/rooms/{id:long}/messages/{seq:long}/react"] = "/rooms/1/messages/{said}/react",
        ["/rooms/{id:long}/messages/{seq:long}/reactions"] = "/rooms/1/messages/{said}/reactions",
        ["/rooms/{id:long}/messages/{seq:long}/preview"] = "/rooms/1/messages/{said}/preview",
        ["/rooms/{id:long}/later"] = "/rooms/1/later",
        ["/rooms/{id:long}/messages/{seq:long}/save"] = "/rooms/1/messages/{said}/save",
        ["/rooms/{id:long}/messages/{seq:long}/remind"] = "/rooms/1/messages/{said}/remind",
        ["/later/scheduled/{item:long}"] = "/later/scheduled/1",
        ["/rooms/{id:long}/messages/{seq:long}/follow"] = "/rooms/1/messages/{said}/follow",
        ["/rooms/{id:long}/messages/{seq:long}/read"] = "/rooms/1/messages/{said}/read",
        ["/rooms/{id:long}/messages/{seq:long}/thread"] = "/rooms/1/messages/{said}/thread",
        ["/rooms/{id:long}/messages/{seq:long}/removal"] = "/rooms/1/messages/{said}/removal",
        ["/rooms/{id:long}/messages/{seq:long}/report"] = "/rooms/1/messages/{said}/report",
        ["/rooms/{id:long}/messages/{seq:long}/restore"] = "/rooms/1/messages/{said}/restore",
    };

    // What only somebody sees who comes back from another site: HtmxChat.Tests have one, and the same strings come back with its people.
    // And what the answer to a deletion asks back, which is sealed: to anything else the answer is that it is too late.
    static readonly string[] Elsewhere = ["/sign-in/other/back Name", " undo"];

    static readonly string[] Strings = [.. HostileStrings.Compose(Count).Select(s => s.Replace("\0", "", StringComparison.Ordinal))];

    // No field takes the long ones, so that they come back in it; an address takes the short ones.
    static readonly string[] Long = [.. Strings.Chunk(240).Select(some => string.Join(' ', some))];
    static readonly string[] Short = [.. Strings.Chunk(10).Select(some => string.Join(' ', some))];

    const string Read =
        """
        const parser = new DOMParser(), sets = new Map(), wrong = [], filled = new Set();
        const read = async answer => parser.parseFromString(await answer.text(), 'text/html');
        const shape = element => `${element.localName} ${[...element.attributes].map(a => a.name).sort().join(' ')}`.trim();
        const shapes = document => [...document.querySelectorAll('*')].map(shape);
        const plain = text => text.replace(/[\u0000-\u001f\u007f-\u009f\u2026]|\p{Cf}|\s/gu, '');
        const leads = e => ['href', 'src', 'action', 'formaction'].map(a => e.getAttribute(a)).find(a => a !== null && !/^([/?#](?!\/)|$)/.test(a) && !a.startsWith(location.origin + '/'));
        const harmless = text => 'word '.repeat(text.length / 5 + 1).slice(0, text.length);
        const check = (where, document, allowed) => {
          const strange = shapes(document).filter(s => !allowed.has(s)).concat([...document.querySelectorAll('.hostile')].map(shape), [...document.querySelectorAll('*')].map(leads).filter(a => a));
          if (strange.length) wrong.push(`${where}: ${[...new Set(strange)].join(', ')}`);
        };
        """;

    // Fills in the forms of some pages: once what is typed, and once, with fewer of the strings, what is chosen, hidden, or the name of a file.
    const string FillIn =
        "async ([pages, long, short]) => {" + Read +
        """
          const isTyped = e => e.localName === 'textarea' || /^(text|search|password|email|tel|url|number)$/.test(e.type);
          const send = (form, at, hostile, text) => {
            const data = new FormData();
            for (const e of form.elements) {
              if (!e.name || ((e.type === 'checkbox' || e.type === 'radio') && !e.checked && !hostile(e))) continue;
              if (e.type === 'file') data.append(e.name, new File(['x'], hostile(e) ? text.slice(0, 500) : 'x.png'));
              else data.append(e.name, hostile(e) ? text : e.value);
            }
            if (form.method === 'get') return fetch(`${at}?${new URLSearchParams(data)}`);
            return fetch(at, { method: 'POST', redirect: 'manual', body: form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data) });
          };
          for (const [route, path] of pages) {
            const page = await read(await fetch(path));
            for (const form of page.forms) {
              const fields = [...form.elements].filter(e => e.name && e.name !== '__RequestVerificationToken');
              const at = new URL(form.getAttribute('action') || path, location.origin + path).href, texts = form.method === 'get' ? short : long;
              for (const field of fields) filled.add(`${route} ${field.name}`);
              const kinds = [e => isTyped(e) && fields.includes(e), e => !isTyped(e) && fields.includes(e)];
              for (const hostile of kinds) {
                if (!fields.some(hostile)) continue;
                const usual = await send(form, at, hostile, harmless(texts[0]));
                const allowed = new Set([...shapes(page), ...(usual.type === 'opaqueredirect' ? [] : shapes(await read(usual)))]);
                const tell = async text => {
                  const answer = await send(form, at, hostile, text), where = `${route} ${form.method} ${at} with ${text.slice(0, 40)}`;
                  if (answer.type === 'opaqueredirect' || answer.status === 413) return; // the same in all ten answers of a poll is more than is read
                  const document = await read(answer);
                  check(where, document, allowed);
                  for (const field of fields.filter(e => isTyped(e) && hostile(e))) {
                    const back = [...document.getElementsByName(field.name)].map(e => e.value).filter(v => v);
                    if (field.type === 'password' ? back.length : back.length && !back.some(v => field.maxLength > 0 ? plain(text).startsWith(plain(v)) : plain(v) === plain(text))) wrong.push(`${where}: ${field.name} comes back as ${back[0].slice(0, 80)}`);
                  }
                };
                const some = texts.slice(0, hostile === kinds[0] ? texts.length : 1);
                for (let i = 0; i < some.length; i += 4) await Promise.all(some.slice(i, i + 4).map(tell));
              }
            }
          }
          return [[...filled], wrong];
        }
        """;

    // Asks for pages with whatever they may be asked for, a few of the strings in each, others from page to page.
    const string Ask =
        "async ([pages, short]) => {" + Read +
        """
          const names = ['returnUrl', 'changed', 'other', 'sent', 'saved', 'before', 'after', 'kind', 'show', 'remove', 'invite', 'told', 'reply'];
          let next = 0;
          const url = (path, text) => `${path}?${new URLSearchParams(names.map(name => [name, text()]))}`.slice(0, 7_900);
          for (const [route, path] of pages) {
            const allowed = new Set([...shapes(await read(await fetch(path))), ...shapes(await read(await fetch(url(path, () => 'word'))))]);
            await Promise.all(Array.from({ length: 4 }, async () => {
              const asked = url(path, () => short[next++ % short.length].slice(0, 200));
              check(asked, await read(await fetch(asked)), allowed);
            }));
          }
          for (const text of short) {
            const page = await read(await fetch(`/sign-in?returnUrl=${encodeURIComponent(text)}`));
            for (const link of page.querySelectorAll('[href], [action]')) if (leads(link)) wrong.push(`${text}: ${leads(link)}`);
          }
          return [[], wrong];
        }
        """;

    // Compares pages with the first of their kind, on which a harmless text stood.
    const string Compare =
        "async pages => {" + Read +
        """
          window.usual ??= {};
          const compare = async ([kind, path, text]) => {
            const document = await read(await fetch(path)), said = document.documentElement.textContent + [...document.querySelectorAll('textarea')].map(e => e.value).join();
            if (!plain(said).includes(plain(text))) wrong.push(`${path} does not say ${text.slice(0, 80)}`);
            window.usual[kind] ??= new Set(shapes(document));
            check(path, document, window.usual[kind]);
          };
          await compare(pages[0]);
          for (let i = 1; i < pages.length; i += 10) await Promise.all(pages.slice(i, i + 10).map(compare));
          return [[], wrong];
        }
        """;

    [Fact]
    public async Task Whatever_is_filled_in_and_asked_for_comes_back_as_text_on_every_page()
    {
        await using var database = new Database(site);
        var (ann, filled) = (await site.AnnAsync(), new HashSet<string>());
        var bob = await site.JoinAsync("Bob");
        await bob.SayAsync("Nothing yet.");
        await bob.SeesAsync("Nothing yet.");
        var said = (await database.ReadAsync("select cast(max(seq) as text) from messages where room_id = 1"))[0];
        var bobsId = (await database.ReadAsync("select cast(id as text) from people where user_name = 'bob'"))[0];
        await ann.Page.GotoAsync("/rooms/new");
        await ann.Page.FillAsync("#Name", "Closed");
        await ann.Page.CheckAsync("[name=Closed]");
        await ann.Page.ClickAsync("main button");
        await Expect(ann.Page).ToHaveURLAsync(new Regex("/rooms/2/about$"));
        await FillAsync(database, said, bobsId);
        var pages = Routes().Where(r => r is not ("/setup" or "/sign-in/other" or "/sign-out" or "/goodbye" or "/join/{invite}")).Select(r => new[] { r, Known.GetValueOrDefault(r, r).Replace("{said}", said, StringComparison.Ordinal).Replace("{bob}", bobsId, StringComparison.Ordinal) }).ToList();
        Assert.DoesNotContain(pages, p => p[1].Contains('{', StringComparison.Ordinal));

        await RunAsync(ann, FillIn, [.. pages, ["/account/passkeys", "/account/passkeys?remove=1"], ["/rooms/{id:long}/messages/{seq:long}/react", $"/rooms/1/messages/{said}/react?emoji=👍"], ["/rooms/{id:long}", "/rooms/1?reply={said}".Replace("{said}", said, StringComparison.Ordinal)]]);

        // That one page leads elsewhere in what it shows, and asks for nothing.
        await RunAsync(ann, Ask, [.. pages.Where(p => p[0] != "/help/formatting")]);
        await RunAsync(bob, FillIn, [["/account/two-step", "/account/two-step"]]);

        var stranger = await site.ComeAsync();
        await stranger.Page.GotoAsync("/sign-in");
        List<string[]> open = [["/join/{invite}", site.Invite], .. pages.Where(p => p[0] is "/sign-in" or "/sign-in/passkey" or "/forgot" or "/join" or "/reset/{token}" or "/account/comfort")];
        await RunAsync(stranger, FillIn, open);
        await RunAsync(stranger, Ask, open);
        await stranger.Page.GotoAsync("/join");
        await stranger.Page.FillAsync("#Name", "Gus");
        await stranger.Page.ClickAsync("main button");
        await Expect(stranger.Page).ToHaveURLAsync(new Regex("/rooms/1$"));
        await RunAsync(stranger, FillIn, [["/account/stay", "/account/stay"]]);

        // Who has switched the second step on is asked for a code, here and at the next sign-in.
        await database.ExecuteAsync("update two_steps set on_since_ms = 1");
        await RunAsync(bob, FillIn, [["/account/two-step", "/account/two-step"]]);
        var halfway = await site.ComeAsync();
        await halfway.Page.GotoAsync("/sign-in");
        await halfway.Page.FillAsync("#Name", "Bob");
        await halfway.Page.FillAsync("#Password", Site.Password);
        await halfway.Page.ClickAsync("main form button");
        await Expect(halfway.Page.Locator("#Code")).ToBeVisibleAsync();
        await RunAsync(halfway, FillIn, [["/sign-in/code", "/sign-in/code"]]);

        await using var empty = new ChatServer();
        await empty.StartAsync();
        var first = await site.ComeAsync(empty.Url);
        await first.Page.GotoAsync("/setup");
        await RunAsync(first, FillIn, [["/setup", "/setup"]]);

        var all = filled.Select(f => f.Split(' ')[1]).ToHashSet();
        var missed = Fields().Where(f => f.Route is null ? !all.Contains(f.Name) : !filled.Contains($"{f.Route} {f.Name}")).Select(f => $"{f.Route} {f.Name}").Except(Elsewhere).ToList();
        Assert.True(missed.Count == 0, $"Nothing was filled in here: {string.Join(", ", missed)}");

        async Task RunAsync(Visitor visitor, string script, List<string[]> where)
        {
            var (found, wrong) = await EvaluateAsync(visitor, script, script == Ask ? new object[] { where, Short } : new object[] { where, Long, Short });
            filled.UnionWith(found);
            Assert.True(wrong.Length == 0, string.Join('\n', wrong.Take(20)));
        }
    }

    [Fact]
    public async Task Texts_of_which_a_page_shows_one_are_text_too()
    {
        await using var database = new Database(site);
        var ann = await site.AnnAsync();
        await ann.Page.GotoAsync("/rooms/1");
        await ann.SayAsync("Gone.");
        await ann.SeesAsync("Gone.");
        var seq = (await database.ReadAsync("select cast(max(seq) as text) from messages where room_id = 1 and author_id = 1"))[0];
        await database.ExecuteAsync($"update messages set is_removed = true, deleted_at_ms = 1, text = '' where room_id = 1 and seq = {seq}");
        await database.ExecuteAsync($"insert into reports (room_id, message_seq, reporter_id, reason, reported_at_ms, handled_at_ms) values (1, {seq}, 1, '', 0, 0)");
        await database.ExecuteAsync(Linked);
        var bios = Bios().Prepend("word").ToList();
        await database.ExecuteForEachAsync(Database.Copied("people", "id = 1", $"id = {First} + @n, bio = @text, user_name = 'w' || @n, normalized_user_name = 'W' || @n, normalized_email = null"), bios);
        await CompareAsync([.. bios.Select((bio, n) => new[] { "bio", $"/people/{First + n + 1}", bio })]);

        foreach (var text in Long.Select(AsLine).Prepend("word"))
        {
            await database.ExecuteAsync("update sites set style = @text", ("@text", text));
            await CompareAsync([["style", "/admin/settings", text]]);
        }

        // The name of the site stands in the title of each.
        foreach (var text in Strings.Chunk(100).Select(some => AsLine(string.Join(' ', some))).Prepend("word"))
        {
            await database.ExecuteAsync("update sites set name = @text || ' here'", ("@text", text));
            await database.ExecuteAsync("update people set email = @text || ' by mail', email_confirmed = 1, version = version + 1 where id = 1", ("@text", text));
            await database.ExecuteAsync("update asp_net_user_logins set provider_display_name = @text || ' there'", ("@text", text));
            await database.ExecuteAsync("update reports set answer = @text || ' why'", ("@text", text));

            await CompareAsync([["site", "/sign-out", $"{text} here"]]);
            foreach (var page in new[] { "/account/email", "/admin/people/1" }) await CompareAsync([[page, page, $"{text} by mail"]]);
            await CompareAsync([["other", "/account/other", $"{text} there"]]);
            await CompareAsync([["removal", $"/rooms/1/messages/{seq}/removal", $"{text} why"]]);
        }
        await database.ExecuteAsync("update sites set name = 'Riverside', style = ''");

        async Task CompareAsync(string[][] pages)
        {
            var (_, wrong) = await EvaluateAsync(ann, Compare, pages);
            Assert.True(wrong.Length == 0, string.Join('\n', wrong.Take(20)));
        }

    }

    // What the forms ask for that are shown only then.
    static async Task FillAsync(Database database, string said, string bob)
    {
        await database.ExecuteAsync("update sites set joining = 2, rooms_may_be_public = true");

        // So many that one looks for them by name.
        await database.ExecuteForEachAsync(Database.Copied("people", $"id = {bob}", $"id = {Crowd} + @n, user_name = 'c' || @n, normalized_user_name = 'C' || @n, normalized_email = null, display_name = @text"), [.. Enumerable.Range(1, 25).Select(n => $"Person {n}")]);
        await database.ExecuteAsync($"insert into reports (room_id, message_seq, reporter_id, reason, reported_at_ms) values (1, {said}, {bob}, 'rude', 0)");
        await database.ExecuteAsync($"update messages set pinned_at_ms = 0, pinned_by_id = {bob} where room_id = 1 and seq = {said}");
        await database.ExecuteAsync($"insert into saved (person_id, room_id, seq, saved_at_ms) values (1, 1, {said}, 0)");
        await database.ExecuteAsync($"insert into reminders (person_id, room_id, seq, due_at_ms) values (1, 1, {said}, 99999999999999)");
        await database.ExecuteAsync("insert into scheduled (id, person_id, room_id, client_key, text, due_at_ms) values (1, 1, 1, '0123456789abcdef', 'Later.', 99999999999999)");
        await database.ExecuteAsync("update messages set poll = @text where room_id = 1 and seq = " + said, ("@text", """{"Options":[{"Text":"Yes","People":[1]},{"Text":"No","People":[]}],"AllowsSeveral":false,"IsClosed":false}"""));
        await database.ExecuteAsync("insert into passkeys (id, person_id, credential_id, public_key, name, transports, sign_count, is_backup_eligible, created_at_ms) values (1, 1, x'00', x'00', 'Key', '', 0, 0, 0)");
        await database.ExecuteAsync("insert into sessions (key_hash, person_id, ticket, created_at_ms, expires_at_ms, last_used_at_ms, address, device) values (x'00', 1, x'00', 0, 99999999999999, 0, '', '')");
        await database.ExecuteAsync($"insert into account_links (person_id, purpose, token_hash, created_at_ms, expires_at_ms) values ({bob}, 1, @hash, 0, 99999999999999)", ("@hash", SHA256.HashData(Encoding.UTF8.GetBytes(Token))));
        await database.ExecuteAsync(Linked);
        await database.ExecuteAsync($"insert into two_steps (person_id, secret, begun_at_ms, last_step, tries, tries_from_ms) values ({bob}, 'ABCDEFGHIJKLMNOP', 99999999999999, 0, 0, 0)");
    }

    static async Task<(string[] Filled, string[] Wrong)> EvaluateAsync(Visitor visitor, string script, object arguments)
    {
        var found = await visitor.Page.EvaluateAsync<string[][]>(script, arguments);
        Assert.True(visitor.Complaints.All(c => c.Contains("responded with a status of", StringComparison.Ordinal)), string.Join('\n', visitor.Complaints));
        return (found[0], found[1]);
    }

    // As many of the strings in each as there is room for.
    static IEnumerable<string> Bios()
    {
        var bio = "";
        foreach (var line in Strings.Select(AsLine).Select(line => line.Length > MaxBio ? line[..MaxBio].Trim() : line))
        {
            if (bio.Length + 1 + line.Length > MaxBio)
            {
                yield return bio.Trim();
                bio = "";
            }
            bio += $" {line}";
        }
        yield return bio.Trim();
    }

    static string AsLine(string text) => string.Concat(text.Where(c => !char.IsControl(c))).Trim();

    /// <summary>The addresses of all pages, as their sources have them.</summary>
    static List<string> Routes() => [.. Sources().Select(RouteOf).OfType<string>()];

    /// <summary>All fields in the sources; without an address those that several pages share.</summary>
    static List<(string? Route, string Name)> Fields() =>
        [.. Sources().SelectMany(source => Field().Matches(source).Select(m => (RouteOf(source), (m.Groups["name"].Success ? m.Groups["name"] : m.Groups["for"]).Value)))];

    static IEnumerable<string> Sources()
    {
        var folder = typeof(InjectionFormsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Pages").Value!;
        return Directory.EnumerateFiles(folder, "*.cshtml", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText);
    }

    static string? RouteOf(string source) => Page().Match(source) is { Success: true } page ? page.Groups[1].Value : null;

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Page();

    [GeneratedRegex("<(?:input|textarea|select|button)\\b(?=[^>]*\\basp-for=\"(?<for>\\w+)\"|[^>]*\\bname=\"(?<name>\\w+)\")(?:(?=[^>]*\\bname=\"(?<name>\\w+)\"))?")]
    private static partial Regex Field();
}
