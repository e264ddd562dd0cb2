namespace HtmxChat.Web.Accounts;

/// <summary>Signing in by another site, through OpenID Connect.</summary>
/// <param name="Authority">The other site's address.</param>
/// <param name="Name">What it is called on the button.</param>
public sealed record OtherSignIn(Uri Authority, string ClientId, string ClientSecret, string Name)
{
    /// <summary>Of the authentication scheme, and of the links between people and their accounts over there.</summary>
    public const string Scheme = "OpenIdConnect";

    /// <summary>Where the other site sends people back to. It has to be told this address.</summary>
    public const string CallbackPath = "/sign-in/other/callback";

    /// <summary>Reads the section <c>SignIn</c>.</summary>
    /// <returns>Null when there is no <c>SignIn:Authority</c>: everybody signs in here.</returns>
    /// <exception cref="InvalidOperationException">A setting is missing or cannot be understood.</exception>
    public static OtherSignIn? Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("SignIn");
        if (settings["Authority"] is not { Length: > 0 } authority) return null;

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new InvalidOperationException("SignIn:Authority has to be an address that begins with https://.");
        if (settings["ClientId"] is not { Length: > 0 } id || settings["ClientSecret"] is not { Length: > 0 } secret)
            throw new InvalidOperationException("SignIn:Authority is set, so SignIn:ClientId and SignIn:ClientSecret have to be set too.");

        return new OtherSignIn(address, id, secret, settings["Name"] is { Length: > 0 } name ? name : address.Host);
    }
}
