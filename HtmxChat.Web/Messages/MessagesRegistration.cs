using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Messages.Keyboard;
using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Moderation;
using HtmxChat.Web.Messages.Pins;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Messages.Reactions;
using HtmxChat.Web.Messages.Reading;
using HtmxChat.Web.Messages.Reminders;
using HtmxChat.Web.Messages.Scheduling;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Messages.World;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages;

/// <summary>What is said in the rooms.</summary>
public static class MessagesRegistration
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<MessageStore>().AddSingleton<MessageList>().AddSingleton<MessageHtml>().AddSingleton<IRoomHistory, RoomHistory>().AddSingleton<LiveEndpoint>().AddSingleton<LivePost>()
        .AddSingleton<PostMessage>().AddSingleton<ReadPost>().AddSingleton<PostRate>().AddSingleton<PublishMessages>().AddSingleton<ChangeMessage>().AddSingleton<Undo>()
        .AddSingleton<KeptDrafts>().AddSingleton<DraftEndpoint>().AddSingleton<Suggestions>().AddBackground<Typing>().AddSingleton<TypingEndpoint>()
        .AddSingleton<RunCommand>().AddSingleton<MentionList>()
        .AddSingleton<PreviewStore>().AddBackground<ShowPreviews>()
        .AddSingleton<ReactToMessage>().AddSingleton<ReactionNames>().AddSingleton<RecentEmoji>().AddSingleton<VoteInPoll>()
        .AddSingleton<ThreadFollowers>().AddSingleton<ThreadList>()
        .AddBackground<ForwardedMessages>().AddSingleton<IQuotingRooms>(s => s.GetRequiredService<ForwardedMessages>())
        .AddSingleton<PinMessage>().AddSingleton<PinnedMessages>()
        .AddSingleton<SavedMessages>().AddSingleton<LaterOverview>()
        .AddSingleton<ReminderStore>().AddSingleton<DueList>().AddBackground<DueWatch>()
        .AddSingleton<ScheduledMessages>().AddSingleton<ScheduleMessage>().AddBackground<PostScheduled>()
        .AddSingleton<HereEndpoint>().AddSingleton<WatchedPages>()
        .AddSingleton<Destinations>()
        .AddSingleton<WorldReading>().AddSingleton<Robots>()
        .AddSingleton<Reports>()
        .AddSingleton<RenameRoom>().AddSingleton<RoomOverview>().AddBackground<Retention>()
        .AddSingleton<DeleteAccount>().AddBackground<RemoveWritings>().AddSingleton<RemovePresses>().AddSingleton<DeleteRoom>().AddBackground<RemoveRooms>()
        .PostConfigure<RazorPagesOptions>(o => o.Conventions.AddPageRoute("/Messages/Room", RoomModel.PermalinkRoute));

    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rooms/{id:long}/older", OlderMessages.GetAsync);
        routes.MapGet("/rooms/{id:long}/suggest", SuggestFragment.GetAsync);
        routes.MapGet("/rooms/{id:long}/messages/{seq:long}/reply", ReplyFragment.GetAsync);
        routes.MapGet("/rooms/{id:long}/messages/{seq:long}/preview.webp", PreviewPicture.GetAsync);
        routes.MapGet("/rooms/{id:long}/messages/{seq:long}/source", MessageSource.GetAsync);
        routes.MapGet(MineStyle.Route, MineStyle.Get).AllowAnonymous();

        routes.MapGet("/robots.txt", (HttpContext http, Robots robots, CancellationToken ct) => robots.RulesAsync(http, ct)).AllowAnonymous().RequireRateLimiting(Limits.World);
        routes.MapGet("/sitemap.xml", (HttpContext http, Robots robots, CancellationToken ct) => robots.PagesAsync(http, ct)).AllowAnonymous().RequireRateLimiting(Limits.World);

        routes.MapPost("/rooms/{id:long}/here", (long id, HttpContext http, HereEndpoint here) => here.PostAsync(http, new RoomId(id)))
            .WithMetadata(new IgnoreAntiforgeryTokenAttribute()); // it looks at the form's token by itself

        routes.MapPost("/rooms/{id:long}/draft", (long id, HttpContext http, DraftEndpoint draft) => draft.PostAsync(http, new RoomId(id)))
            .RequireRateLimiting(Limits.Typing).WithMetadata(new IgnoreAntiforgeryTokenAttribute());

        routes.MapPost("/rooms/{id:long}/typing", (long id, HttpContext http, TypingEndpoint typing) => typing.PostAsync(http, new RoomId(id)))
            .RequireRateLimiting(Limits.Typing).WithMetadata(new IgnoreAntiforgeryTokenAttribute());

        // CONNECT is how a browser opens a WebSocket over HTTP/2 (RFC 8441). The endpoint answers 401 itself: a redirect
        // to the sign-in page would look like a stream to a script.
        routes.MapMethods("/rooms/{id:long}/live", ["GET", "HEAD", "CONNECT"], (long id, HttpContext http, LiveEndpoint live) => live.HandleAsync(http, new RoomId(id)))
            .AllowAnonymous().RequireRateLimiting(Limits.Handshakes).WithMetadata(new MayBeFramedAttribute());
    }
}
