using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests;

/// <summary>The real program on a real port with a data folder of its own. It can be stopped and started again on the same data.</summary>
public sealed class ChatSite : IAsyncDisposable
{
    public const string Name = "Tea house";

    public const string Password = "correct horse";

    /// <summary>The setting for a site that speaks HTTP/2 and nothing else.</summary>
    public static readonly (string Key, string Value) Http2 = ("Kestrel:EndpointDefaults:Protocols", "Http2");

    readonly string folder;
    readonly Action<IServiceCollection> parts;
    readonly (string Key, string Value)[] settings;
    Node node = null!;
    bool ownsData = true;

    ChatSite(string folder, Action<IServiceCollection> parts, (string Key, string Value)[] settings) => (this.folder, this.parts, this.settings) = (folder, parts, settings);

    public Uri Address { get; private set; } = null!;

    public string DatabaseFile => Path.Combine(folder, "chat.db");

    public IServiceProvider Services => node.Services;

    /// <summary>A site that nobody has set up.</summary>
    public static Task<ChatSite> StartEmptyAsync(params (string Key, string Value)[] settings) => StartEmptyAsync(_ => { }, settings);

    /// <summary>A site that nobody has set up and some of whose parts are the test's own, for example its clock.</summary>
    public static async Task<ChatSite> StartEmptyAsync(Action<IServiceCollection> parts, params (string Key, string Value)[] settings)
    {
        var site = new ChatSite(Directory.CreateTempSubdirectory("htmxchat-").FullName, parts, settings);
        await site.StartAsync();
        return site;
    }

    /// <summary>A browser that nobody has signed in with.</summary>
    public Browser NewBrowser() => new(Address, settings.Contains(Http2) ? HttpVersion.Version20 : HttpVersion.Version11);

    /// <summary>Ann sets the site up and so becomes its administrator.</summary>
    public async Task<Browser> SetUpByAnnAsync()
    {
        var ann = NewBrowser();
        var answer = await ann.SubmitAsync("/setup", ("Site", Name), ("Name", "Ann"), ("Password", Password));
        Assert.Equal("/admin/invites", answer.Location);
        return ann;
    }

    /// <summary>Somebody joins by the link that the administrator sees.</summary>
    public async Task<Browser> JoinAsync(Browser administrator, string name)
    {
        var person = NewBrowser();
        var answer = await person.SubmitAsync(await administrator.InviteAsync(), ("Name", name), ("Password", Password));
        Assert.Equal("/", answer.Location);
        return person;
    }

    /// <summary>One more browser of somebody who has joined.</summary>
    public async Task<Browser> SignInAsync(string name)
    {
        var person = NewBrowser();
        var answer = await person.SubmitAsync("/sign-in", ("Name", name), ("Password", Password));
        Assert.Equal("/", answer.Location);
        return person;
    }

    /// <summary>A link by which somebody chooses a new password, as the administrator makes it.</summary>
    public async Task<string> NewResetLinkAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        var person = Assert.Single(await Services.GetRequiredService<SqlReader>().AllAsync("select id from people where display_name = @name", row => row.GetInt64(0), Ct, ("@name", name)));
        return await scope.ServiceProvider.GetRequiredService<ResetLinks>().NewAsync(new PersonId(person), madeBy: new PersonId(1), Ct);
    }

    /// <summary>Changes the database behind the program's back.</summary>
    public Task ExecuteAsync(string statement) => Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute(statement), Ct);

    /// <summary>How many rows the tables have.</summary>
    public async Task<List<long>> CountAsync(params string[] tables)
    {
        var sql = Services.GetRequiredService<SqlReader>();
        var counts = new List<long>();
        foreach (var table in tables) counts.AddRange(await sql.AllAsync($"select count(*) from {table}", row => row.GetInt64(0), Ct));
        return counts;
    }

    /// <summary>What was said in a room, as it is stored.</summary>
    public Task<List<string>> TextsAsync(RoomId room) =>
        Services.GetRequiredService<SqlReader>().AllAsync("select text from messages where room_id = @room order by seq", row => row.GetString(0), Ct, ("@room", room.Value));

    // The factory starts the server only synchronously.
    public Task StartAsync() => Task.Run(() =>
    {
        node = new Node(folder, parts, settings);
        node.UseKestrel();
        node.StartServer();
        Address = node.ClientOptions.BaseAddress;
    });

    /// <summary>Stops the program as an operator does; its data stays.</summary>
    public ValueTask StopAsync() => node.DisposeAsync();

    /// <summary>A second node on the same data, which does not notice the first.</summary>
    public async Task<ChatSite> StartOtherNodeAsync()
    {
        var lockElsewhere = new ChatFile(connectionString: null, Path.Combine(folder, "other-node"));
        var other = new ChatSite(folder, services => { parts(services); services.AddSingleton(_ => new ProcessLock(lockElsewhere)); }, settings) { ownsData = false };
        await other.StartAsync();
        return other;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (ownsData) Directory.Delete(folder, recursive: true);
    }

    sealed class Node(string folder, Action<IServiceCollection> parts, (string Key, string Value)[] settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");

            // Not by UseKestrel, which sets it while the program is starting already.
            builder.UseSetting("urls", "http://127.0.0.1:0");
            builder.UseSetting("Data:Folder", folder);
            builder.UseSetting("Limits:Times", "1000");
            builder.UseSetting("Limits:PasswordsWaiting", "100000");
            builder.UseSetting("Logging:LogLevel:Microsoft.EntityFrameworkCore", "None"); // races that the program expects and answers
            foreach (var (key, value) in settings) builder.UseSetting(key, value);

            // Slow on purpose; what it costs is tested by itself.
            builder.ConfigureTestServices(services => services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000));
            builder.ConfigureTestServices(parts);
        }
    }
}
