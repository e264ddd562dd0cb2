namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>Whether a browser runs the scripts of the pages it shows.</summary>
public enum Scripts
{
    /// <summary>Scripts run, as by default.</summary>
    On,

    /// <summary>No script runs: <c>noscript</c> is shown and <c>@media (scripting: none)</c> matches.</summary>
    Off,
}
