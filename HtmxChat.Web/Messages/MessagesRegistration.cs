using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages;

/// <summary>What is said in the rooms.</summary>
public static class MessagesRegistration
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<PostRate>().AddSingleton<MessageStore>().AddSingleton<MessageList>().AddSingleton<MessageHtml>()
        .AddSingleton<IRoomHistory, RoomHistory>()
        .AddSingleton<PostMessage>().AddSingleton<ChangeMessage>().AddSingleton<RenameRoom>().AddSingleton<LivePost>()
        .AddSingleton<RemoveWritings>().AddHostedService(s => s.GetRequiredService<RemoveWritings>()).AddSingleton<DeleteAccount>()
        .AddSingleton<RemoveRooms>().AddHostedService(s => s.GetRequiredService<RemoveRooms>()).AddSingleton<DeleteRoom>()
        .AddSingleton<Reports>().AddSingleton<RoomOverview>().AddSingleton<Retention>().AddHostedService(s => s.GetRequiredService<Retention>())
        .AddSingleton<LiveEndpoint>().AddSingleton<HereEndpoint>().AddSingleton<WatchedPages>().AddSingleton<WorldReading>().AddSingleton<Robots>()
        .PostConfigure<RazorPagesOptions>(o => o.Conventions.AddPageRoute("/Messages/Room", RoomModel.PermalinkRoute));

    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rooms/{id:long}/older", OlderMessages.GetAsync);

        routes.MapGet("/robots.txt", (HttpContext http, Robots robots, CancellationToken ct) => robots.RulesAsync(http, ct)).AllowAnonymous().RequireRateLimiting(Limits.World);
        routes.MapGet("/sitemap.xml", (HttpContext http, Robots robots, CancellationToken ct) => robots.PagesAsync(http, ct)).AllowAnonymous().RequireRateLimiting(Limits.World);

        routes.MapPost("/rooms/{id:long}/here", (long id, HttpContext http, HereEndpoint here) => here.PostAsync(http, new RoomId(id)))
            .WithMetadata(new IgnoreAntiforgeryTokenAttribute()); // it looks at the form's token by itself

        // CONNECT is how a browser opens a WebSocket over HTTP/2 (RFC 8441). The endpoint answers 401 itself: a redirect
        // to the sign-in page would look like a stream to a script.
        routes.MapMethods("/rooms/{id:long}/live", ["GET", "HEAD", "CONNECT"], (long id, HttpContext http, LiveEndpoint live) => live.HandleAsync(http, new RoomId(id)))
            .AllowAnonymous().RequireRateLimiting(Limits.Handshakes).WithMetadata(new MayBeFramedAttribute());
    }
}
