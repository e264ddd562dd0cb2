using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Who is asking, as the database has it now.</summary>
/// <param name="Name">What others see.</param>
public sealed record Viewer(PersonId Id, string Name, Role Role)
{
    /// <summary>Whether this person looks after the site.</summary>
    public bool IsAdministrator => Role == Role.Administrator;
}
