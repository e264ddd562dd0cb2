namespace HtmxChat.Web.Accounts;

/// <summary>What the audit trail keeps.</summary>
public enum AuditKind
{
    SignedIn = 1,
    SignInFailed = 2,
    SignedOut = 3,
    Joined = 4,
    SiteSetUp = 5,
    SettingsChanged = 6,

    InviteMade = 10,
    InviteRevoked = 11,

    MadeAdministrator = 20,
    MadeMember = 21,
    Deactivated = 22,
    Activated = 23,
    Banned = 24,
    Unbanned = 25,
    SessionsEnded = 26,
    WritingsRemoved = 27,

    RoomMade = 40,
    RoomRenamed = 41,
    RoomChanged = 42,
    RoomArchived = 43,
    RoomOpenedAgain = 44,
    RoomDeleted = 45,
    MemberAdded = 46,
    MemberRemoved = 47,
    RoomHandedOver = 48,
    RoomMadePublic = 55,
    RoomTakenFromWorld = 56,

    MessageRemoved = 60,
    ReportDismissed = 61,

    PasswordChanged = 70,
    PasswordReset = 71,
    ResetLinkMade = 72,
    TwoStepOn = 73,
    TwoStepOff = 74,
    RecoveryCodesMade = 75,
    PasskeyAdded = 76,
    PasskeyRemoved = 77,
    PhoneLinkUsed = 78,
    OtherAccountLinked = 79,
    OtherAccountUnlinked = 80,
    AddressChanged = 81,
    AddressRemoved = 82,
    AccountDeleted = 83,
    TwoStepTakenAway = 84,
}
