namespace HtmxChat.Web.Accounts;

/// <summary>How a person's two-step sign-in stands.</summary>
/// <param name="Secret">For the app, as long as it is not on; null when it is, or was not begun.</param>
/// <param name="OnSince">Null when it is off.</param>
/// <param name="RecoveryCodes">How many are left.</param>
public sealed record TwoStepState(string? Secret, DateTimeOffset? OnSince, int RecoveryCodes)
{
    public static TwoStepState Off { get; } = new(null, null, 0);

    public bool IsOn => OnSince is not null;
}
