using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Admin;

/// <summary>What administrators set about the site.</summary>
/// <param name="AuditKeep">Of the entries of the audit trail.</param>
/// <param name="ShowsPreviews">Whether this server looks at what is behind links.</param>
public sealed record SiteSettings(SiteName Name, Joining Joining, RoomMakers RoomMakers, bool RoomsMayBePublic, MessageLength MaxMessageLength, UploadSize MaxUpload, SiteStyle Style, KeepTime AuditKeep, bool ShowsPreviews);
