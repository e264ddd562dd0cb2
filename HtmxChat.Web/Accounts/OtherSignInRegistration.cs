using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HtmxChat.Web.Accounts;

/// <summary>Signing in by another site, where one is named.</summary>
public static class OtherSignInRegistration
{
    /// <summary>How long it may take over there.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static IServiceCollection AddOtherSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var other = OtherSignIn.Read(configuration);
        services.AddScoped<OtherAccounts>().AddSingleton(new OtherSignInChoice(other));
        if (other is null) return services;

        services.AddAuthentication().AddOpenIdConnect(OtherSignIn.Scheme, other.Name, o => SetUp(o, other));
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ExternalScheme, cookie => (cookie.Cookie.Name, cookie.ExpireTimeSpan) = ("other", Patience));
        return services;
    }

    static void SetUp(OpenIdConnectOptions o, OtherSignIn other)
    {
        (o.Authority, o.ClientId, o.ClientSecret) = (other.Authority.AbsoluteUri, other.ClientId, other.ClientSecret);
        o.RequireHttpsMetadata = other.Authority.Scheme == Uri.UriSchemeHttps;
        o.SignInScheme = IdentityConstants.ExternalScheme;
        o.CallbackPath = OtherSignIn.CallbackPath;
        (o.ResponseType, o.UsePkce, o.RemoteAuthenticationTimeout) = (OpenIdConnectResponseType.Code, true, Patience);
        (o.MapInboundClaims, o.GetClaimsFromUserInfoEndpoint, o.SaveTokens) = (false, true, false);
        o.Scope.Add("email");

        // By the address and not by a form of the other site: cookies that go with such forms have to be Secure, and so need TLS.
        o.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in new[] { o.CorrelationCookie, o.NonceCookie }) (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);

        foreach (var claim in new[] { "email_verified", "preferred_username" }) o.ClaimActions.MapUniqueJsonKey(claim, claim);
        o.Events.OnRemoteFailure = SayWhatFailed;
    }

    // Somebody has pressed "cancel" over there, took too long, or the other site is away.
    static Task SayWhatFailed(RemoteFailureContext failure)
    {
        var logger = failure.HttpContext.RequestServices.GetRequiredService<ILogger<OtherSignIn>>();
        logger.LogWarning("Somebody could not be signed in by {Site}: {Reason}", failure.Scheme.DisplayName, failure.Failure?.GetType().Name);
        failure.Response.Redirect("/sign-in?other=failed");
        failure.HandleResponse();
        return Task.CompletedTask;
    }
}
