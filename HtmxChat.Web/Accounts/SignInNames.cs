using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Finds the person that somebody means who signs in.</summary>
public sealed class SignInNames(UserManager<Person> people)
{
    /// <param name="typed">A handle, the name that it was made of, or an e-mail address.</param>
    public async Task<Person?> FindAsync(string? typed)
    {
        var name = PlainLine.Clean(typed);
        return name.TrimStart('@').Contains('@', StringComparison.Ordinal)
            ? await people.FindByEmailAsync(name)
            : await people.FindByNameAsync(Handle.From(name).Text) ?? await people.FindByNameAsync(name); // one that nobody has changed into another handle is one as well
    }
}
