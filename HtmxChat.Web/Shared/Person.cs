using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Shared;

/// <summary>What a person may do on the whole site.</summary>
public enum Role
{
    /// <summary>Reads, writes and creates rooms.</summary>
    Member = 1,

    /// <summary>Also invites people and looks after the site. Whoever set the site up is one.</summary>
    Administrator = 2,
}

/// <summary>Somebody who has joined. <see cref="IdentityUser{TKey}.UserName"/> is the name as they typed it; no two are alike but for case.</summary>
public sealed class Person : IdentityUser<long>
{
    public Role Role { get; set; } = Role.Member;

    public long JoinedAtMs { get; set; }
}
