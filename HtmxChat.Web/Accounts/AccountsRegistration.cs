using System.Security.Claims;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>People, their sessions, and who may go where.</summary>
public static class AccountsRegistration
{
    /// <summary>The rate limit for forms that take a password.</summary>
    public const string PasswordForms = Limits.PasswordForms;

    /// <summary>How long it may take until sessions notice that their person's security stamp has changed.</summary>
    public static readonly TimeSpan SecurityStampInterval = TimeSpan.FromMinutes(5);

    /// <summary>Hashing cost, PBKDF2 with HMAC-SHA512 (OWASP Password Storage Cheat Sheet, 2023).</summary>
    const int PasswordIterations = 210_000;

    // In a session's ticket: whether it was begun over http or https.
    const string SessionScheme = "scheme";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<SiteDirectory>().AddSingleton<SetupGate>().AddSingleton<SessionTickets>().AddSingleton<PeopleChanges>().AddSingleton<PeopleNames>().AddSingleton<People>().AddSingleton<Pictures>().AddSingleton<MySessions>().AddScoped<Invites>().AddScoped<Join>().AddSingleton<ClosedAccount>();
        services.AddSingleton<AuditTrail>().AddBackground<AuditRetention>().AddSingleton<PeopleList>().AddSingleton<ManagePerson>().AddScoped<Stay>().AddSingleton<LinkNotice>();
        services.AddBackground<SessionUse>().AddHostedService<SessionWatch>();
        services.AddSingleton<TwoStep>().AddSingleton<Passkeys>().AddSingleton<PhoneLinks>().AddScoped<SecondStep>().AddScoped<Proof>().AddScoped<OtherSessions>().AddScoped<PasskeyDoor>();
        services.AddPasswords();

        services.AddIdentityCore<Person>(o =>
        {
            o.User.AllowedUserNameCharacters = "";
            o.Lockout.MaxFailedAccessAttempts = 10;
        }).AddUserStore<PeopleStore>().AddUserManager<IdentityPeople>().AddSignInManager<PasswordSignIn>().AddClaimsPrincipalFactory<PersonClaims>();
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            o.ValidationInterval = SecurityStampInterval;
            o.OnRefreshingPrincipal = KeepSession;
        });

        services.Configure<IdentityPasskeyOptions>(PasskeyDoor.SetUp);

        services.AddAntiforgery(o =>
        {
            // By default a browser that follows a link from elsewhere does not send it, is given another, and its open forms are worth nothing.
            (o.Cookie.Name, o.Cookie.SameSite) = ("form", SameSiteMode.Lax);
            o.SuppressXFrameOptionsHeader = true;
        }).RememberTokens();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SessionTickets, TimeProvider>(SetUpCookie);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, SecondStep.SetUpBegun);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorRememberMeScheme, SecondStep.SetUpRememberedBrowser);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes) => routes.MapGet("/people/{id:long}/picture/{picture}", Pictures.GetAsync).AllowAnonymous();

    static void AddPasswords(this IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = PasswordIterations);
        services.AddSingleton<IPasswordHasher<Person>, NormalizedPasswordHasher>().AddSingleton<PasswordRule>().AddSingleton(NewHashing);
        services.AddScoped<SignInAttempts>().AddScoped<OwnPassword>().AddScoped<SignInNames>().AddScoped<NewPassword>().AddScoped<ChangePassword>();
        services.AddScoped<AccountLinks>().AddScoped<ResetLinks>().AddScoped<ChangeAddress>();
        services.AddBackground<ForgottenPasswords>();
    }

    static PasswordHashing NewHashing(IServiceProvider services)
    {
        var limits = services.GetRequiredService<IConfiguration>().GetSection("Limits");
        return new(
            services.GetRequiredService<IPasswordHasher<Person>>(),
            atOnce: limits.GetValue("PasswordsAtOnce", Math.Max(1, Environment.ProcessorCount / 2)),
            maxWaiting: limits.GetValue("PasswordsWaiting", 100));
    }

    static void RememberTokens(this IServiceCollection services)
    {
        var antiforgery = services.Last(s => s.ServiceType == typeof(IAntiforgery)).ImplementationType!;
        services.AddSingleton<IAntiforgery>(s => ActivatorUtilities.CreateInstance<RememberedAntiforgery>(s, ActivatorUtilities.CreateInstance(s, antiforgery)));
    }

    // After the interval the principal is made anew from the person alone, who does not know which session this is and how it began.
    static Task KeepSession(SecurityStampRefreshingPrincipalContext refreshing)
    {
        foreach (var kept in refreshing.CurrentPrincipal?.Claims.Where(c => c.Type is SessionTickets.SessionClaim or ClaimTypes.AuthenticationMethod) ?? [])
            ((ClaimsIdentity)refreshing.NewPrincipal!.Identity!).AddClaim(kept.Clone());
        return Task.CompletedTask;
    }

    static void SetUpCookie(CookieAuthenticationOptions cookie, SessionTickets tickets, TimeProvider time)
    {
        cookie.Cookie.Name = "chat";
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = TimeSpan.FromDays(60);
        cookie.SlidingExpiration = true;
        cookie.SessionStore = tickets;
        cookie.TicketDataFormat = new SessionCookie();

        // The validator asks for the time itself, but comes with the database and all of Identity: a tenth of a page.
        cookie.Events.OnValidatePrincipal = session =>
        {
            if (session.Properties.GetString(SessionScheme) != session.Request.Scheme) session.RejectPrincipal();
            else if (time.GetUtcNow() - session.Properties.IssuedUtc > SecurityStampInterval) return SecurityStampValidator.ValidatePrincipalAsync(session);
            return Task.CompletedTask;
        };

        // One that was begun without TLS may have been read on the way by anybody, and is worth nothing where there is TLS.
        cookie.Events.OnSigningIn = session =>
        {
            session.Properties.SetString(SessionScheme, session.Request.Scheme);
            return Task.CompletedTask;
        };

        // A script that is sent to the sign-in page would take it for its answer.
        cookie.Events.OnRedirectToLogin = redirect =>
        {
            if (redirect.Request.Headers.ContainsKey("HX-Request")) redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else redirect.Response.Redirect(redirect.RedirectUri);
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToAccessDenied = redirect =>
        {
            redirect.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }
}
