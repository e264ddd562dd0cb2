namespace HtmxChat.Web.Accounts;

/// <summary>What is to become of somebody who comes back from the other site.</summary>
public abstract record OtherArrival
{
    /// <summary>They did not come from there, or too long ago.</summary>
    public sealed record Nobody : OtherArrival;

    /// <summary>They are signed in.</summary>
    public sealed record SignedIn : OtherArrival;

    /// <summary>The second step of signing in comes next.</summary>
    public sealed record NeedsSecondStep : OtherArrival;

    /// <summary>They have an account here that does not let them in.</summary>
    public sealed record MayNotComeIn : OtherArrival;

    /// <summary>They are signed in here, and may link the two accounts.</summary>
    public sealed record MayLink(OtherAccount Account) : OtherArrival;

    /// <summary>They are signed in here, and the account over there is somebody else's.</summary>
    public sealed record IsSomebodyElses(OtherAccount Account) : OtherArrival;

    /// <summary>They are signed in here, and have linked another account over there: one is enough, and a second would be somebody else's way in.</summary>
    public sealed record HasLinkedAnother(OtherAccount Account) : OtherArrival;

    /// <summary>They may join, under the name that they choose.</summary>
    public sealed record MayJoin(OtherAccount Account) : OtherArrival;

    /// <summary>Somebody here has their address: they are to sign in as that person and link the two.</summary>
    public sealed record HasAccount(OtherAccount Account) : OtherArrival;

    /// <summary>They are not known here, and were not invited.</summary>
    public sealed record IsNotInvited(OtherAccount Account) : OtherArrival;

    /// <summary>They are not known here, and nobody may join just now.</summary>
    public sealed record JoiningIsClosed : OtherArrival;
}
