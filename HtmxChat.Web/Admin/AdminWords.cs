using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Admin;

/// <summary>What administrators read about people and what was done.</summary>
public static class AdminWords
{
    public static string Of(Role role) => role switch
    {
        Role.Administrator => "administrator",
        Role.Guest => "guest",
        _ => "member",
    };

    /// <summary>Empty for somebody who may come in, as nearly everybody may.</summary>
    public static string Of(Standing standing) => standing switch
    {
        Standing.Deactivated => "deactivated",
        Standing.Banned => "banned",
        Standing.Former => "has left",
        _ => "",
    };

    public static string Of(AuditKind kind) => kind switch
    {
        AuditKind.SignedIn => "signed in",
        AuditKind.SignInFailed => "sign-in failed",
        AuditKind.SignedOut => "signed out",
        AuditKind.Joined => "joined",
        AuditKind.SiteSetUp => "set the site up",
        AuditKind.SettingsChanged => "changed the settings",
        AuditKind.InviteMade => "made an invite link",
        AuditKind.InviteRevoked => "revoked an invite link",
        AuditKind.MadeAdministrator => "made an administrator of",
        AuditKind.MadeMember => "made a member of",
        AuditKind.Deactivated => "deactivated",
        AuditKind.Activated => "activated",
        AuditKind.Banned => "banned",
        AuditKind.Unbanned => "unbanned",
        AuditKind.SessionsEnded => "ended all sessions of",
        AuditKind.WritingsRemoved => "removed all that was written by",
        AuditKind.RoomMade => "made the room",
        AuditKind.RoomRenamed => "renamed the room",
        AuditKind.RoomChanged => "changed the room",
        AuditKind.RoomArchived => "archived the room",
        AuditKind.RoomOpenedAgain => "opened the room again",
        AuditKind.RoomDeleted => "deleted the room",
        AuditKind.MemberAdded => "added to a room",
        AuditKind.MemberRemoved => "removed from a room",
        AuditKind.RoomHandedOver => "handed over a room to",
        AuditKind.RoomMadePublic => "let the world read the room",
        AuditKind.RoomTakenFromWorld => "took the room from the world",
        AuditKind.MessageRemoved => "removed a message of",
        AuditKind.ReportDismissed => "dismissed a report about a message of",
        AuditKind.PasswordChanged => "changed the own password",
        AuditKind.PasswordReset => "chose a new password by a link",
        AuditKind.ResetLinkMade => "made a link for a new password of",
        AuditKind.TwoStepOn => "switched two-step sign-in on",
        AuditKind.TwoStepOff => "switched two-step sign-in off",
        AuditKind.TwoStepTakenAway => "switched off the two-step sign-in of",
        AuditKind.RecoveryCodesMade => "made new recovery codes",
        AuditKind.PasskeyAdded => "added a passkey",
        AuditKind.PasskeyRemoved => "removed a passkey",
        AuditKind.PhoneLinkUsed => "used a link to sign in on a phone",
        AuditKind.OtherAccountLinked => "linked the account with the one at another site",
        AuditKind.OtherAccountUnlinked => "took the link with another site apart",
        AuditKind.AddressChanged => "confirmed a mail address",
        AuditKind.AddressRemoved => "removed the own mail address",
        AuditKind.AccountDeleted => "deleted the own account",
        _ => kind.ToString(),
    };
}
