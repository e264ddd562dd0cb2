namespace HtmxChat.Web.Accounts;

/// <summary>The languages that somebody may say they write in: screen readers then read their messages in the right voice.</summary>
public static class Languages
{
    /// <summary>Tags of BCP 47 with each language's own name, in the order of the tags.</summary>
    public static IReadOnlyList<(string Tag, string Name)> All { get; } =
    [
        ("ar", "العربية"), ("bg", "Български"), ("bn", "বাংলা"), ("ca", "Català"), ("cs", "Čeština"), ("da", "Dansk"), ("de", "Deutsch"),
        ("el", "Ελληνικά"), ("en", "English"), ("es", "Español"), ("et", "Eesti"), ("eu", "Euskara"), ("fa", "فارسی"), ("fi", "Suomi"),
        ("fr", "Français"), ("ga", "Gaeilge"), ("gl", "Galego"), ("he", "עברית"), ("hi", "हिन्दी"), ("hr", "Hrvatski"), ("hu", "Magyar"),
        ("hy", "Հայերեն"), ("id", "Bahasa Indonesia"), ("is", "Íslenska"), ("it", "Italiano"), ("ja", "日本語"), ("ka", "ქართული"),
        ("kk", "Қазақша"), ("ko", "한국어"), ("lt", "Lietuvių"), ("lv", "Latviešu"), ("mk", "Македонски"), ("ms", "Bahasa Melayu"),
        ("nb", "Norsk bokmål"), ("nl", "Nederlands"), ("nn", "Nynorsk"), ("pl", "Polski"), ("pt", "Português"), ("ro", "Română"),
        ("ru", "Русский"), ("sk", "Slovenčina"), ("sl", "Slovenščina"), ("sq", "Shqip"), ("sr", "Српски"), ("sv", "Svenska"),
        ("sw", "Kiswahili"), ("ta", "தமிழ்"), ("te", "తెలుగు"), ("th", "ไทย"), ("tr", "Türkçe"), ("uk", "Українська"), ("ur", "اردو"),
        ("vi", "Tiếng Việt"), ("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"),
    ];

    /// <summary>The tag as it was chosen; empty for what is none of them.</summary>
    public static string Known(string? tag) => All.Any(l => l.Tag == tag) ? tag! : "";
}
