using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Admin;

/// <summary>Reads and changes what is set about the site. This node knows at once, every other within two seconds.</summary>
public sealed class ChangeSettings(GroupCommit writes, SqlReader sql, SiteDirectory sites, RoomWatch rooms, AuditTrail audit)
{
    public async Task<SiteSettings> NowAsync(CancellationToken ct) => (await sql.AllAsync(
        "select name, joining, room_makers, max_message_length, style, max_upload_megabytes, rooms_may_be_public, audit_days, shows_previews from sites",
        row => new SiteSettings(
            SiteName.Parse(row.GetString(0), out _)!, (Joining)row.GetInt32(1), (RoomMakers)row.GetInt32(2), row.GetBoolean(6),
            MessageLength.Parse(row.GetInt32(3).ToString(System.Globalization.CultureInfo.InvariantCulture), out _)!,
            UploadSize.Parse(row.GetInt32(5).ToString(System.Globalization.CultureInfo.InvariantCulture), out _)!, SiteStyle.Parse(row.GetString(4), out _)!,
            KeepTime.Of(row.IsDBNull(7) ? null : row.GetInt32(7)), row.GetBoolean(8)),
        ct)).Single();

    public async Task RunAsync(PersonId by, SiteSettings settings, CancellationToken ct)
    {
        var before = await NowAsync(ct);
        var note = audit.Adding(new AuditAct(AuditKind.SettingsChanged, by, About: Difference(before, settings)));
        await writes.WriteAsync(session => Store(session, settings, note), ct);
        sites.Forget();
        if (before.RoomsMayBePublic != settings.RoomsMayBePublic) await rooms.ChangedAsync();
    }

    static bool Store(SqlSession session, SiteSettings settings, Action<SqlSession> note)
    {
        session.Execute(
            "update sites set name = @name, joining = @joining, room_makers = @makers, rooms_may_be_public = @public, max_message_length = @length, max_upload_megabytes = @upload, style = @style, audit_days = @audit, shows_previews = @previews",
            ("@name", settings.Name.Text), ("@joining", (int)settings.Joining), ("@makers", (int)settings.RoomMakers), ("@public", settings.RoomsMayBePublic),
            ("@length", settings.MaxMessageLength.Value), ("@upload", settings.MaxUpload.Megabytes), ("@style", settings.Style.Text),
            ("@audit", settings.AuditKeep.Days), ("@previews", settings.ShowsPreviews));
        if (!settings.RoomsMayBePublic) PublishRoom.TakeAllBack(session);
        note(session);
        return true;
    }

    // In words, and without the style sheet itself.
    static string Difference(SiteSettings before, SiteSettings after)
    {
        var changes = new List<string>();
        if (before.Name != after.Name) changes.Add($"name {after.Name.Text}");
        if (before.Joining != after.Joining) changes.Add(after.Joining switch { Joining.Open => "anybody can join", Joining.Closed => "nobody can join", _ => "one joins by invite" });
        if (before.RoomMakers != after.RoomMakers) changes.Add(after.RoomMakers == RoomMakers.Members ? "members make rooms" : "only administrators make rooms");
        if (before.RoomsMayBePublic != after.RoomsMayBePublic) changes.Add(after.RoomsMayBePublic ? "rooms may be public" : "no room is public");
        if (before.MaxMessageLength != after.MaxMessageLength) changes.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"message length {after.MaxMessageLength.Value}"));
        if (before.MaxUpload != after.MaxUpload) changes.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"uploads of {after.MaxUpload.Megabytes} MB"));
        if (before.Style != after.Style) changes.Add("style sheet");
        if (before.AuditKeep != after.AuditKeep) changes.Add(after.AuditKeep.Days is { } days ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"audit for {days} days") : "audit for ever");
        if (before.ShowsPreviews != after.ShowsPreviews) changes.Add(after.ShowsPreviews ? "links are looked at" : "no link is looked at");
        return string.Join(", ", changes);
    }
}
