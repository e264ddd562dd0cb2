using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using AngleSharp.Html.Dom;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests;

/// <summary>A browser as the server sees it: cookies, forms sent as they stand on the page, htmx's requests and the live carriers.</summary>
public sealed class Browser : IDisposable
{
    readonly CookieContainer cookies;
    readonly Uri address;
    readonly Version version;
    readonly HttpClient http;

    /// <param name="version">Of HTTP; nothing else is spoken.</param>
    public Browser(Uri address, Version version) : this(address, version, new CookieContainer())
    {
    }

    Browser(Uri address, Version version, CookieContainer cookies)
    {
        (this.address, this.version, this.cookies) = (address, version, cookies);
        http = new HttpClient(NewHandler()) { BaseAddress = address, Timeout = Waiting.Longest };
    }

    /// <summary>The same browser, where the site is now: a test's site has another port after a restart.</summary>
    public Browser At(Uri other) => new(other, version, cookies);

    /// <summary>Another browser that was given this one's cookies as they are now.</summary>
    public Browser Copy()
    {
        var copy = new CookieContainer();
        copy.Add(cookies.GetCookies(address));
        return new Browser(address, version, copy);
    }

    /// <summary>All that the site has this browser keep.</summary>
    public IReadOnlyCollection<Cookie> Cookies => cookies.GetCookies(address);

    /// <summary>What the site has this browser keep under a name.</summary>
    public string Cookie(string name) => cookies.GetCookies(address)[name]!.Value;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, content: null, headers);

    /// <summary>Gets something as it comes over the wire.</summary>
    /// <param name="acceptEncoding">Null says nothing about it.</param>
    public async Task<(byte[] Body, Answer Answer)> GetRawAsync(string path, string? acceptEncoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (acceptEncoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        using var response = await http.SendAsync(request, Ct);
        return (await response.Content.ReadAsByteArrayAsync(Ct), await Answer.ReadAsync(response));
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, content);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await http.SendAsync(request, Ct);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    public async Task<Answer> SubmitAsync(string page, params (string Name, string Value)[] fields)
    {
        var form = await GetAsync(page);
        Assert.Equal(HttpStatusCode.OK, form.Status);
        return await SubmitAsync(form, page, fields);
    }

    /// <summary>Fills in the form on a page that was opened before and sends it.</summary>
    public Task<Answer> SubmitAsync(Answer page, string at, params (string Name, string Value)[] fields) => SubmitAsync(page, at, headers: [], fields);

    /// <summary>Lets htmx send the form on a page that was opened before.</summary>
    public Task<Answer> SubmitByHtmxAsync(Answer page, string at, params (string Name, string Value)[] fields) => SubmitAsync(page, at, [("HX-Request", "true")], fields);

    /// <summary>Posts what a script does, with the token of a room's page.</summary>
    public async Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        const string Token = "__RequestVerificationToken";
        var token = (await GetAsync("/rooms/1/composer")).Only($"[name={Token}]").GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append((Token, token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await SendAsync(HttpMethod.Post, path, content);
    }

    /// <summary>The oldest invite link that an administrator sees.</summary>
    public async Task<string> InviteAsync()
    {
        var links = (await GetAsync("/admin/invites")).Page.QuerySelectorAll(".invite-link");
        if (links.Length > 0) return new Uri(links[^1].GetAttribute("value")!).PathAndQuery;

        // A seeded site begins without.
        Assert.Equal("/admin/invites", (await SubmitAsync("/admin/invites")).Location);
        return await InviteAsync();
    }

    /// <summary>A new invite link, which an administrator makes with a note.</summary>
    public async Task<string> InviteAsync(string note)
    {
        Assert.Equal("/admin/invites", (await SubmitAsync("/admin/invites", ("Note", note))).Location);
        var newest = (await GetAsync("/admin/invites")).Page.QuerySelector(".invite")!;
        Assert.Equal(note, newest.GetAttribute("aria-label"));
        return new Uri(newest.QuerySelector(".invite-link")!.GetAttribute("value")!).PathAndQuery;
    }

    public async Task<RoomId> NewRoomAsync(string name, string topic = "")
    {
        var answer = await SubmitAsync("/rooms/new", ("Name", name), ("About", topic));
        Assert.StartsWith("/rooms/", answer.Location, StringComparison.Ordinal);
        return answer.Room;
    }

    /// <summary>Makes a room that nobody else may enter yet.</summary>
    public async Task<RoomId> NewClosedRoomAsync(string name) => (await SubmitAsync("/rooms/new", ("Name", name), ("Closed", "true"))).Room;

    /// <summary>The number of whoever is signed in here, as their own pages say it.</summary>
    public async Task<string> NumberAsync() => (await GetAsync("/rooms/1")).Only("#live").GetAttribute("data-viewer")!;

    /// <summary>Opens the direct room with somebody.</summary>
    public async Task<RoomId> NewDirectRoomAsync(string person) => (await SubmitAsync("/direct/new", ("With", person))).Room;

    /// <summary>Lets somebody into a closed room.</summary>
    public async Task AddAsync(RoomId room, string person) => await SubmitAsync(await GetAsync($"/rooms/{room}/about"), $"/rooms/{room}/about?handler=Add", ("Person", person));

    /// <summary>Says something, and makes sure that it was taken.</summary>
    public async Task SayAsync(RoomId room, params IEnumerable<string> texts)
    {
        var form = await GetAsync($"/rooms/{room}/composer");
        foreach (var text in texts)
        {
            var answer = await SubmitByHtmxAsync(form, $"/rooms/{room}", ("key", ClientKey.New().Text), ("text", text));
            Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        }
    }

    /// <summary>Sets the site so that rooms may be public, or so that none is.</summary>
    public async Task SetPublicRoomsAsync(string may = "true") => Assert.Equal("/admin/settings?saved", (await SubmitAsync("/admin/settings", ("RoomsMayBePublic", may))).Location);

    /// <summary>Lets the world read a room.</summary>
    public async Task PublishAsync(RoomId room, WorldReads reads = WorldReads.FromNowOn) =>
        Assert.Equal($"/rooms/{room}", (await SubmitAsync($"/rooms/{room}/public", ("Reads", $"{reads}"), ("IsSure", "true"))).Location);

    public Task SignOutAsync() => SubmitAsync("/sign-out");

    /// <summary>Where a page that is loaded now stands.</summary>
    public async Task<string> PositionAsync(RoomId room) => (await GetAsync($"/rooms/{room}")).Only("#position").GetAttribute("value")!;

    /// <summary>Opens the room's log by one of the carriers, from the site's own page.</summary>
    /// <param name="after">Null says nothing, as a page without a position.</param>
    public Task<LiveReader> ListenAsync(RoomId room, Carrier carrier, string? after = null) => carrier switch
    {
        Carrier.WebSocket => ListenByWebSocketAsync(room, after, OwnOrigin),
        Carrier.ServerSentEvents => ListenByStreamAsync(room, after, ("Accept", "text/event-stream")),
        _ => ListenByStreamAsync(room, after, ("Accept", "text/html")),
    };

    /// <summary>Opens one of the room's threads as a page that does not end.</summary>
    public Task<LiveReader> ListenToThreadAsync(RoomId room, long thread) => ListenByStreamAsync(room, $"&thread={thread}", ("Accept", "text/html"));

    /// <summary>Opens the room's log as the script of a page does that was loaded before.</summary>
    public Task<LiveReader> ListenAsync(RoomId room, Carrier carrier, Answer page) =>
        ListenAsync(room, carrier, $"{page.Only("#position").GetAttribute("value")}&shown={page.Only("#shown").GetAttribute("value")}");

    /// <summary>Loads the room's page and opens the log as its script does.</summary>
    public async Task<LiveReader> LoadAndListenAsync(RoomId room, Carrier carrier) => await ListenAsync(room, carrier, await GetAsync($"/rooms/{room}"));

    /// <summary>What a page of this site says it comes from.</summary>
    public string OwnOrigin => address.GetLeftPart(UriPartial.Authority);

    /// <param name="origin">Null sends none, as a program does that is no browser.</param>
    public async Task<LiveReader> ListenByWebSocketAsync(RoomId room, string? after, string? origin)
    {
        var socket = NewSocket(origin);
        try
        {
            await ConnectAsync(socket, room, after, Ct).Soon();
        }
        catch (WebSocketException)
        {
            // The status below says what the server answered.
        }
        return new SocketReader(socket);
    }

    /// <summary>Opens the room's log by a WebSocket.</summary>
    /// <exception cref="WebSocketException">It cannot be had.</exception>
    public async Task<ClientWebSocket> ConnectAsync(RoomId room, string? after, string? origin, CancellationToken ct)
    {
        var socket = NewSocket(origin);
        try
        {
            await ConnectAsync(socket, room, after, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Opens the room's log by a WebSocket that nobody is behind: no ping is answered.</summary>
    /// <returns>What the server sends, from its answer to the handshake on.</returns>
    public async Task<NetworkStream> ConnectWithoutAnsweringAsync(RoomId room, string? after, CancellationToken ct)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, ct);
        var request =
            $"GET /rooms/{room}/live?{Query(after)} HTTP/1.1\r\nHost: {address.Authority}\r\nOrigin: {OwnOrigin}\r\nCookie: {cookies.GetCookieHeader(address)}\r\n" +
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        var stream = new NetworkStream(tcp.Client, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), ct);
        return stream;
    }

    public async Task<LiveReader> ListenByStreamAsync(RoomId room, string? after, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, $"/rooms/{room}/live?{Query(after)}", content: null);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return new ResponseReader(await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct));
    }

    public void Dispose() => http.Dispose();

    async Task<Answer> SubmitAsync(Answer page, string at, (string Name, string Value)[] headers, (string Name, string Value)[] fields)
    {
        // The one that goes there; a form without an address goes to its own page.
        var forms = page.Page.QuerySelectorAll("main form:not([hidden])").OfType<IHtmlFormElement>().ToList();
        var form = forms.Find(f => f.GetAttribute("action") == at) ?? forms.Find(f => f.GetAttribute("action") is null) ?? Assert.Single(forms);
        var filled = fields.Select(f => f.Name).ToHashSet();
        var values = form.Elements.Select(Field).OfType<(string Name, string Value)>().Where(f => !filled.Contains(f.Name)).Concat(fields);

        using var content = new FormUrlEncodedContent(values.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await SendAsync(HttpMethod.Post, form.GetAttribute("action") ?? at, content, headers);
    }

    // As a browser sends it when nobody has touched it.
    static (string Name, string Value)? Field(IHtmlElement element) => element switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => null,
        IHtmlInputElement { Name: { Length: > 0 } name } input => (name, input.Value),
        IHtmlSelectElement { Name: { Length: > 0 } name } select => (name, select.Value ?? ""),
        _ => null,
    };

    ClientWebSocket NewSocket(string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        return socket;
    }

    async Task ConnectAsync(ClientWebSocket socket, RoomId room, string? after, CancellationToken ct)
    {
        using var own = new HttpMessageInvoker(NewHandler());
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = address.Scheme == "https" ? "wss" : "ws", Path = $"/rooms/{room}/live", Query = Query(after) }.Uri, own, ct);
    }

    SocketsHttpHandler NewHandler() => new()
    {
        CookieContainer = cookies,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == TestCertificate.Subject },
    };

    HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content) =>
        new(method, path) { Content = content, Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    static string Query(string? after) => after is null ? "" : $"after={after}";
}
