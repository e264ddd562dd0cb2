using HtmxChat.Web.Accounts;

namespace HtmxChat.Web.Admin;

/// <summary>What administrators set about the site.</summary>
public sealed record SiteSettings(SiteName Name, Joining Joining, RoomMakers RoomMakers, bool RoomsMayBePublic, MessageLength MaxMessageLength, UploadSize MaxUpload, SiteStyle Style);
