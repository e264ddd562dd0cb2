namespace HtmxChat.Web.Shared;

/// <summary>What a person may do on the whole site.</summary>
public enum Role
{
    /// <summary>Reads, writes and creates rooms.</summary>
    Member = 1,

    /// <summary>Also invites people and looks after the site. Whoever set the site up is one.</summary>
    Administrator = 2,

    /// <summary>Came by name alone: reads and writes, and opens no rooms or direct conversations.</summary>
    Guest = 3,
}
