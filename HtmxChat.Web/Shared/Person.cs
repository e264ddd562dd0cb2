using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Shared;

/// <summary>
/// Somebody who has joined. <see cref="IdentityUser{TKey}.UserName"/> is the handle: no two are alike but for case, and
/// nobody is ever given another's, also when that one has gone.
/// </summary>
public sealed class Person : IdentityUser<long>
{
    /// <summary>What others see; may be another's as well.</summary>
    public required string DisplayName { get; set; }

    public Role Role { get; set; } = Role.Member;

    public Standing Standing { get; set; } = Standing.Active;

    public long JoinedAtMs { get; set; }

    /// <summary>To the others this person is always offline.</summary>
    public bool HidesPresence { get; set; }
}
