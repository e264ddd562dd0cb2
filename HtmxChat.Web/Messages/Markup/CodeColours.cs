using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using ColorCode;
using ColorCode.Common;
using ColorCode.Compilation;
using ColorCode.Parsing;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>Colours the code of one message: what is a word of the language, a string, a comment and so on, by classes alone.</summary>
/// <remarks>
/// By ColorCode, which has no dependencies and weighs 120 KB. TextMateSharp knows more languages better, but took 100 to 400 ms for the longest
/// message, 30 MB of memory and 7 MB on disk. Its expressions are tried on what strangers write: each has a limit, and so has the whole.
/// </remarks>
sealed class CodeColours(StringBuilder html, HtmlEncoder encoder)
{
    // What is longer, or has more parts, is shown without colours. So is what is more work, in one expression or in all of them before it:
    // together at most twice as much.
    const int MostLength = 4_000;
    static readonly TimeSpan MostWork = TimeSpan.FromMilliseconds(15);

    // An expression has its limit by the clock, so it is tried again where others kept the machine busy; not for ever.
    const int MostTries = 10;

    const int MostParts = MarkupHtml.MostTags / 3;

    static readonly Dictionary<string, string> ClassOf = new (string Class, string[] Scopes)[]
    {
        ("c-comment", [ScopeName.Comment, ScopeName.XmlDocComment, ScopeName.XmlDocTag, ScopeName.HtmlComment, ScopeName.XmlComment]),
        ("c-string", [ScopeName.String, ScopeName.StringCSharpVerbatim, ScopeName.StringEscape, ScopeName.HtmlAttributeValue, ScopeName.XmlAttributeValue, ScopeName.XmlCDataSection, ScopeName.JsonString, ScopeName.CssPropertyValue, ScopeName.MarkdownCode]),
        ("c-word", [ScopeName.Keyword, ScopeName.ControlKeyword, ScopeName.PseudoKeyword, ScopeName.PreprocessorKeyword, ScopeName.HtmlElementName, ScopeName.XmlName, ScopeName.CssSelector, ScopeName.MarkdownHeader, ScopeName.JsonConst]),
        ("c-number", [ScopeName.Number, ScopeName.JsonNumber, ScopeName.HtmlEntity, ScopeName.BuiltinValue]),
        ("c-name", [ScopeName.Type, ScopeName.ClassName, ScopeName.TypeVariable, ScopeName.Constructor, ScopeName.NameSpace, ScopeName.Intrinsic, ScopeName.BuiltinFunction, ScopeName.SqlSystemFunction, ScopeName.HtmlAttributeName, ScopeName.XmlAttribute, ScopeName.CssPropertyName, ScopeName.JsonKey, ScopeName.PowerShellVariable, ScopeName.PowerShellType, ScopeName.PowerShellCommand, ScopeName.PowerShellAttribute, ScopeName.Attribute]),
        ("c-added", [CodeLanguages.Added]),
        ("c-removed", [CodeLanguages.Removed]),
    }.SelectMany(c => c.Scopes.Select(scope => (scope, c.Class))).ToDictionary();

    static readonly Compiler Compiled = new();
    static readonly LanguageParser Parser = new(Compiled, CodeLanguages.Repository);

    static readonly ConcurrentDictionary<string, bool> Prepared = new();

    TimeSpan spent;
    int length;
    int parts;

    public static IEnumerable<string> Classes => ClassOf.Values.Distinct();

    /// <summary>Writes code as HTML.</summary>
    /// <param name="language">Null for none.</param>
    public void Write(string code, ILanguage? language)
    {
        if (language is null || (length += code.Length) > MostLength || !TryWrite(code, language)) WritePlain(code);
    }

    bool TryWrite(string code, ILanguage language)
    {
        Prepare(language);
        var work = new WorkAllowance(MostWork - spent);
        var (start, before) = (html.Length, parts);
        var isWritten = false;
        for (var tries = 0; !isWritten && tries < MostTries && !work.IsSpent && parts <= MostParts; tries++)
        {
            (html.Length, parts) = (start, before);
            isWritten = TryWrite(code, language, work);
        }
        if (!isWritten) html.Length = start;
        spent += work.Spent;
        return isWritten;
    }

    bool TryWrite(string code, ILanguage language, WorkAllowance work)
    {
        try
        {
            Parser.Parse(code, language, (part, scopes) =>
            {
                if (work.IsSpent || (parts += scopes.Count) > MostParts) throw new TooMuchException();
                WritePart(part, scopes);
            });
            return true;
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or TooMuchException)
        {
            return false;
        }
    }

    // Once for all, and no message's work: what is used for the first time takes ten times as long.
    static void Prepare(ILanguage language)
    {
        if (Prepared.TryAdd(language.Id, true)) new CodeColours(new StringBuilder(), HtmlEncoder.Default).TryWrite("if (\"a\" < 1) // x\n", language, new WorkAllowance(TimeSpan.FromSeconds(1)));
    }

    // Only the outermost that has a colour: nobody sees more.
    void WritePart(string part, IEnumerable<Scope> scopes)
    {
        var written = 0;
        foreach (var scope in Flat(scopes).OrderBy(s => s.Index))
        {
            if (scope.Index < written || !ClassOf.TryGetValue(scope.Name, out var name)) continue;

            WritePlain(part[written..scope.Index]);
            html.Append("<span class=\"").Append(name).Append("\">");
            WritePlain(part.Substring(scope.Index, scope.Length));
            html.Append("</span>");
            written = scope.Index + scope.Length;
        }
        WritePlain(part[written..]);
    }

    static IEnumerable<Scope> Flat(IEnumerable<Scope> scopes) => scopes.SelectMany(s => ClassOf.ContainsKey(s.Name) ? [s] : Flat(s.Children));

    void WritePlain(string code) => html.Append(encoder.Encode(code).Replace("&#xA;", "\n", StringComparison.Ordinal));

    // As ColorCode's own, with a limit of time for each expression.
    sealed class Compiler : ILanguageCompiler
    {
        readonly LanguageCompiler compiler = new([], new ReaderWriterLockSlim());
        readonly ConcurrentDictionary<string, CompiledLanguage> compiled = new();

        public CompiledLanguage Compile(ILanguage language) => compiled.GetOrAdd(language.Id, _ =>
        {
            var made = compiler.Compile(language);
            return new CompiledLanguage(made.Id, made.Name, new Regex(made.Regex.ToString(), made.Regex.Options, MostWork), made.Captures);
        });
    }

    sealed class TooMuchException : Exception;
}
