using Microsoft.Playwright;

namespace HtmxChat.E2E;

/// <summary>A running site that Ann has set up, and the people who come to it.</summary>
public class Site(Chromium chromium) : IAsyncLifetime
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "correct horse";

    /// <summary>The site's first room.</summary>
    public const int Lobby = 1;

    readonly List<Visitor> visitors = [];
    string? test;   // the one that they came for

    public ChatServer Server { get; private set; } = null!;

    /// <summary>The path that lets people join.</summary>
    public string Invite { get; private set; } = "";

    /// <summary>More of the program's arguments.</summary>
    protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync()
    {
        Server = new ChatServer(Settings);
        await Server.StartAsync();
        var ann = await ComeAsync();
        await ann.SendFormAsync("/setup", ("Site", "Riverside"), ("Name", "Ann"), ("Password", Password));
        Invite = new Uri(await ann.Page.InputValueAsync(".invite-link")).AbsolutePath;
        await ann.DisposeAsync();
    }

    /// <summary>Somebody with a fresh browser, not signed in.</summary>
    /// <param name="url">The address they use; null for the server's own, else for example a proxy's.</param>
    public async Task<Visitor> ComeAsync(string? url = null, bool scripts = true, Action<BrowserNewContextOptions>? with = null)
    {
        // The pages of tests that are over would go on living, and each of them costs the later ones time.
        var now = TestContext.Current.Test?.UniqueID;
        if (now != test) await EveryoneLeavesAsync();
        test = now;
        var options = new BrowserNewContextOptions { BaseURL = url ?? Server.Url, JavaScriptEnabled = scripts, Locale = "en-GB", TimezoneId = "Europe/Berlin" };
        with?.Invoke(options);
        var visitor = new Visitor(await chromium.Browser.NewContextAsync(options));
        visitors.Add(visitor);
        await visitor.OpenTabAsync();
        return visitor;
    }

    /// <summary>Somebody who has joined under a name that nobody had before.</summary>
    public async Task<Visitor> JoinAsync(string name, string? url = null, bool scripts = true, Action<BrowserNewContextOptions>? with = null)
    {
        var visitor = await ComeAsync(url, scripts, with);
        await visitor.SendFormAsync(Invite, ("Name", name), ("Password", Password));
        return visitor;
    }

    /// <summary>The site's administrator, signed in.</summary>
    public async Task<Visitor> AnnAsync(string? url = null, bool scripts = true, Action<BrowserNewContextOptions>? with = null)
    {
        var ann = await ComeAsync(url, scripts, with);
        await ann.SendFormAsync("/sign-in", ("Name", "Ann"), ("Password", Password));
        return ann;
    }

    public async ValueTask DisposeAsync()
    {
        await EveryoneLeavesAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    async Task EveryoneLeavesAsync()
    {
        foreach (var visitor in visitors) await visitor.DisposeAsync();
        visitors.Clear();
    }
}
