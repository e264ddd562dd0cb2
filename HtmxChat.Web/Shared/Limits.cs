using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Shared;

/// <summary>
/// How often things may be done, by one person or from one network. An endpoint names its limit by
/// <see cref="EnableRateLimitingAttribute"/>; every other form falls under <see cref="Forms"/>.
/// </summary>
/// <remarks>
/// ASP.NET Core's own limiter keeps an object for each caller, as many as come. Each node counts for itself: with several,
/// somebody whom the proxy sends to all of them may do that many times as much.
/// </remarks>
public sealed class Limits
{
    /// <summary>Forms that take a password.</summary>
    public const string PasswordForms = "PasswordForms";

    /// <summary>
    /// The ways in: signing in, and joining. Counted by address, whoever is signed in there: each account that somebody makes
    /// would be worth as many guesses again.
    /// </summary>
    public const string SignIns = "SignIns";

    /// <summary>Coming in by name alone. Counted by address, as each guest has limits of their own.</summary>
    public const string Guests = "Guests";

    /// <summary>Asking for a new password, and choosing it by a link. Counted by address, whoever is signed in there.</summary>
    public const string Resets = "Resets";

    /// <summary>Pages by which pictures are uploaded. What they send without a file counts under <see cref="Forms"/>.</summary>
    public const string Uploads = "Uploads";

    /// <summary>Invite links that are made and taken back.</summary>
    public const string Invites = "Invites";

    /// <summary>Messages that are reported.</summary>
    public const string Reports = "Reports";

    /// <summary>Messages that are edited, deleted, restored and passed on.</summary>
    public const string Edits = "Edits";

    /// <summary>Reactions to messages, and votes in their polls.</summary>
    public const string Reactions = "Reactions";

    /// <summary>What a page without a WebSocket says of what is being typed.</summary>
    public const string Typing = "Typing";

    /// <summary>Every form that has no limit of its own.</summary>
    public const string Forms = "Forms";

    /// <summary>Attempts to open a live connection, by any carrier.</summary>
    public const string Handshakes = "Handshakes";

    /// <summary>Whatever is for the world, to whoever is not signed in.</summary>
    public const string World = "World";

    // What is counted, and how often in a minute. Each is a setting: Limits:PasswordFormsPerMinute and so on.
    static readonly (string Name, int PerMinute, Counted What)[] Table =
    [
        (PasswordForms, 20, Counted.Forms),
        (SignIns, 20, Counted.FormsByAddress),
        (Guests, 5, Counted.FormsByAddress),
        (Resets, 5, Counted.FormsByAddress),
        (Uploads, 30, Counted.Files),
        (Invites, 30, Counted.Forms),
        (Reports, 10, Counted.Forms),
        (Edits, 60, Counted.Forms),
        (Reactions, 120, Counted.Forms),
        (Typing, 120, Counted.Forms),
        (Forms, 240, Counted.Forms),

        // A page comes back within 2 s, and one that lives by asking asks up to ten times a second.
        (Handshakes, 1_800, Counted.Everything),
        (World, 240, Counted.Strangers),
    ];

    readonly FrozenDictionary<string, (Paces<Caller> Paces, Counted What)> all;

    public Limits(IConfiguration configuration, TimeProvider time)
    {
        var times = configuration.GetValue("Limits:Times", 1);
        Posts = Pace.PerSecond(Setting("PostBurst", 30), Setting("PostsPerSecond", 5));
        Drafts = Pace.PerSecond(Setting("DraftBurst", 20), Setting("DraftsPerSecond", 2));
        Frames = Pace.PerSecond(Setting("FrameBurst", 300), Setting("FramesPerSecond", 30));
        all = Table.ToFrozenDictionary(x => x.Name, x => (new Paces<Caller>(Pace.PerMinute(Setting($"{x.Name}PerMinute", x.PerMinute)), time), x.What));

        int Setting(string name, int usual) => checked(configuration.GetValue($"Limits:{name}", usual) * times);
    }

    enum Counted
    {
        /// <summary>What may change something.</summary>
        Forms,

        /// <summary>The same, but by address also for those who are signed in.</summary>
        FormsByAddress,

        /// <summary>Forms that can carry a file.</summary>
        Files,

        Everything,

        /// <summary>All that is asked for by whoever is not signed in.</summary>
        Strangers,
    }

    /// <summary>Messages of one person, over all their pages and carriers together.</summary>
    public Pace Posts { get; }

    /// <summary>What one person has kept of what they type, over all their pages and carriers together.</summary>
    public Pace Drafts { get; }

    /// <summary>What one page may send over its WebSocket.</summary>
    public Pace Frames { get; }

    /// <summary>Counts a request.</summary>
    /// <returns>Null when it is welcome; else how long to wait.</returns>
    public TimeSpan? Refuse(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata is not { } endpoint || endpoint.GetMetadata<DisableRateLimitingAttribute>() is not null) return null;

        var isSafe = SameOrigin.IsSafe(http.Request.Method);
        var name = endpoint.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName ?? Forms;
        if (!all.TryGetValue(name, out var limit)) throw new InvalidOperationException($"There is no limit called {name}.");
        if (isSafe && limit.What is (Counted.Forms or Counted.FormsByAddress or Counted.Files)) return null;
        if (limit.What == Counted.Strangers && http.User.Identity!.IsAuthenticated) return null;
        if (limit.What == Counted.Files && !CarriesFiles(http.Request)) limit = all[Forms];

        return limit.Paces.Refuse(limit.What == Counted.FormsByAddress ? Caller.Of(http.Connection.RemoteIpAddress) : Caller.Of(http));
    }

    // No other kind of form does (RFC 7578).
    static bool CarriesFiles(HttpRequest request) => request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true;
}

/// <summary>Where the limits are kept to.</summary>
public static class LimitsRegistration
{
    /// <remarks>Stands after authentication: it counts people.</remarks>
    public static void UseLimits(this WebApplication app) => app.Use((http, next) =>
    {
        if (ProblemPages.IsOne(http) || http.RequestServices.GetRequiredService<Limits>().Refuse(http) is not { } wait) return next(http);

        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (IsForm(http))
        {
            http.Features.Set(FormProblem.TooOften(wait));
            return next(http);
        }
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Task.CompletedTask;
    });

    // A page shows its form again, with what was typed.
    static bool IsForm(HttpContext http) => !SameOrigin.IsSafe(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;
}
