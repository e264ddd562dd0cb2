using System.Collections.Frozen;
using System.Text;

namespace HtmxChat.Web.Accounts;

/// <summary>The passwords that many people use and that are therefore tried first. Read when somebody first chooses one.</summary>
static class CommonPasswords
{
    static readonly Lazy<FrozenSet<string>> All = new(() => Read().ToFrozenSet(StringComparer.Ordinal));

    /// <param name="word">In lower case.</param>
    public static bool Contain(string word) => All.Value.Contains(word);

    static IEnumerable<string> Read()
    {
        using var list = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!, Encoding.UTF8);
        while (list.ReadLine() is { } word) yield return word;
    }
}
