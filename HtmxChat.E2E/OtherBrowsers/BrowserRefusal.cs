namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>A browser's answer that it cannot do this now: the element is missing, hidden or gone.</summary>
sealed class BrowserRefusal(string message) : Exception(message);
