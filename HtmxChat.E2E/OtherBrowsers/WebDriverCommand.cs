namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>
/// A command of W3C WebDriver (https://www.w3.org/TR/webdriver2/): its name in Marionette, its method and path over
/// HTTP. <c>{id}</c> in the path stands for the parameter <c>id</c>, an element.
/// </summary>
sealed record WebDriverCommand(string Name, HttpMethod Method, string Path)
{
    public static readonly WebDriverCommand Navigate = Post("Navigate", "/url");
    public static readonly WebDriverCommand CurrentUrl = Get("GetCurrentURL", "/url");
    public static readonly WebDriverCommand FindElement = Post("FindElement", "/element");
    public static readonly WebDriverCommand InnerText = Get("GetElementProperty", "/element/{id}/property/innerText");
    public static readonly WebDriverCommand Click = Post("ElementClick", "/element/{id}/click");
    public static readonly WebDriverCommand Clear = Post("ElementClear", "/element/{id}/clear");
    public static readonly WebDriverCommand SendKeys = Post("ElementSendKeys", "/element/{id}/value");
    public static readonly WebDriverCommand Execute = Post("ExecuteScript", "/execute/sync");
    public static readonly WebDriverCommand SwitchToFrame = Post("SwitchToFrame", "/frame");
    public static readonly WebDriverCommand Screenshot = Get("TakeScreenshot", "/screenshot");

    static WebDriverCommand Get(string name, string path) => new("WebDriver:" + name, HttpMethod.Get, path);

    static WebDriverCommand Post(string name, string path) => new("WebDriver:" + name, HttpMethod.Post, path);
}
