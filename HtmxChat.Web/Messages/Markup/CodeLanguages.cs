using ColorCode;
using ColorCode.Common;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>The languages that are coloured: those of ColorCode, and some that it does not have.</summary>
static class CodeLanguages
{
    public const string Added = "Added";
    public const string Removed = "Removed";

    // Only what is given by name is an own language; the rest is what people call those that there are.
    static readonly Dictionary<string, string> Aliases = new (string Language, string Names)[]
    {
        ("javascript", "js jsx mjs"), ("typescript", "ts tsx"), ("c#", "cs csharp"), ("vb.net", "vb"),
        ("f#", "fs fsharp"), ("cpp", "c c++ h hpp"), ("python", "py"), ("haskell", "hs"),
        ("powershell", "ps ps1 pwsh"), ("markdown", "md"), ("html", "htm cshtml razor"), ("xml", "svg xaml csproj"),
        ("css", "scss less"), ("json", "jsonc"), ("sql", "postgresql sqlite"), ("kotlin", "kt"),
        ("shell", "sh bash zsh console"), ("go", "golang"), ("rust", "rs"), ("yaml", "yml"),
        ("diff", "patch"), ("ruby", "rb"), ("ini", "toml conf"), ("dockerfile", "docker"),
    }.SelectMany(l => l.Names.Split(' ').Select(name => (name, l.Language))).ToDictionary(StringComparer.OrdinalIgnoreCase);

    static readonly (string Name, string Comment, string Words)[] Own =
    [
        ("Go", Slashes, "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var true false nil any error string bool byte rune int int32 int64 uint float64"),
        ("Rust", Slashes, "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait type unsafe use where while true false i32 i64 u8 u32 u64 usize f64 bool str String Vec Option Result"),
        ("Kotlin", Slashes, "as break class companion constructor continue data do else enum false final for fun if import in init interface internal is lateinit null object open override package private protected public return sealed super suspend this throw true try typealias val var when while"),
        ("Swift", Slashes, "actor as associatedtype async await break case catch class continue default defer do else enum extension false fileprivate final for func guard if import in init inout internal is let nil open override private protocol public return self Self some static struct super switch throw throws true try typealias var where while"),
        ("Ruby", Hash, "alias and begin break case class def defined do else elsif end ensure extend false for if in include module next nil not or private protected public puts raise redo require require_relative rescue retry return self super then true undef unless until when while yield attr_reader attr_accessor"),
        ("Shell", Hash, "if then else elif fi for while until do done case esac in function select return exit break continue local export readonly declare set unset source alias cd echo printf read test eval exec shift trap sudo"),
        ("YAML", Hash, "true false null yes no on off"),
        ("Ini", "(?:^|(?<=\\s))[;#][^\\n]*", "true false yes no on off"),
        ("Dockerfile", Hash, "FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL AS"),
    ];

    const string Slashes = @"//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/";
    const string Hash = @"(?:^|(?<=\s))#[^\n]*";

    public static ILanguageRepository Repository { get; } = Load();

    /// <param name="info">What stands after the fence.</param>
    /// <returns>Null for what is unknown, which is not coloured.</returns>
    public static ILanguage? Find(string? info) =>
        info is not { Length: > 0 and <= 20 } ? null : Repository.FindById(Aliases.GetValueOrDefault(info, info.ToLowerInvariant()));

    static LanguageRepository Load()
    {
        var repository = new LanguageRepository([]);
        foreach (var language in Languages.All) repository.Load(language);
        foreach (var (name, comment, words) in Own) repository.Load(new OwnLanguage(name, [Rule(comment, ScopeName.Comment), .. Others(name, words)]));
        repository.Load(new OwnLanguage("Diff", [Rule(@"^(?:@@|diff|index|---|\+\+\+)[^\n]*", ScopeName.Comment), Rule(@"^\+[^\n]*", Added), Rule(@"^-[^\n]*", Removed)]));
        return repository;
    }

    static IEnumerable<LanguageRule> Others(string name, string words)
    {
        yield return Rule("\"(?:[^\"\\\\\\n]|\\\\.)*\"", ScopeName.String);
        yield return Rule(name is "Rust" or "Go" ? "'(?:[^'\\\\\\n]|\\\\.){1,8}'|`[^`]*`" : "'[^'\\n]*'", ScopeName.String);
        if (name is "YAML" or "Ini") yield return Rule(@"^\s*(?:- )?[\w.\-/]+(?=\s*[:=])", ScopeName.Attribute);
        if (name == "Ini") yield return Rule(@"^\[[^\]\n]*\]", ScopeName.Keyword);
        if (name == "Shell") yield return Rule(@"\$\w+|\$\{[^}\n]*\}", ScopeName.PowerShellVariable);
        yield return Rule($@"\b(?:{words.Replace(' ', '|')})\b", ScopeName.Keyword);
        yield return Rule(@"\b(?:0x[0-9a-fA-F]+|[0-9][0-9_]*(?:\.[0-9]+)?)\b", ScopeName.Number);
    }

    static LanguageRule Rule(string expression, string scope) => new(expression, new Dictionary<int, string> { [0] = scope });

    sealed class OwnLanguage(string name, LanguageRule[] rules) : ILanguage
    {
        public string Id => name.ToLowerInvariant();

        public string FirstLinePattern => "";

        public string Name => name;

        public IList<LanguageRule> Rules => rules;

        public string CssClassName => Id;

        public bool HasAlias(string lang) => false;
    }
}
