using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>Where a room's owner and administrators change, archive and delete it.</summary>
public sealed class RoomSettingsModel(RoomDirectory rooms, RenameRoom rename, ManageRoom manage, HandOver handOver, DeleteRoom delete, SiteDirectory sites) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? About { get; set; }

    [BindProperty]
    public string? Icon { get; set; }

    [BindProperty]
    public PostingRule Posting { get; set; }

    /// <summary>Who may call everybody at once.</summary>
    [BindProperty]
    public PostingRule CallingAll { get; set; } = PostingRule.Everybody;

    [BindProperty]
    public RoomKind Kind { get; set; }

    [BindProperty]
    public bool ShowsHistory { get; set; }

    [BindProperty]
    public bool ShowsPreviews { get; set; }

    /// <summary>Whether the room is to be archived: what the button said, whatever somebody else has done meanwhile.</summary>
    [BindProperty]
    public bool Archives { get; set; }

    /// <summary>The room's name once more, so that none is deleted by a slip.</summary>
    [BindProperty]
    public string? Confirmation { get; set; }

    /// <summary>The handle of whoever gets the room.</summary>
    [BindProperty]
    public string? NewOwner { get; set; }

    /// <summary>In days; empty keeps messages for ever. For administrators.</summary>
    [BindProperty]
    public string? Keep { get; set; }

    public ManagedRoom Managed { get; private set; } = null!;

    public Room Room => Managed.Room;

    /// <summary>What its owner is called; null when there is nobody any more who is.</summary>
    public string? Owner { get; private set; }

    public bool MayPublish => PublishRoom.IsFor(User.Viewer(), Managed, sites.Current);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        ModelState.Clear();
        if (RoomName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);
        if (Topic.Parse(About, out refusal) is not { } topic) return this.Refuse(nameof(About), refusal!);
        if (RoomIcon.Parse(Icon, out refusal) is not { } icon) return this.Refuse(nameof(Icon), refusal!);
        if (await KeepAsync(ct) is var (keep, keepRefusal) && keep is null) return this.Refuse(nameof(Keep), keepRefusal!);
        if (!Enum.IsDefined(Posting) || !Enum.IsDefined(CallingAll) || !Enum.IsDefined(Kind)) return BadRequest();

        if (name.Text != Room.Name && await rename.RunAsync(Room.Id, User.PersonId(), User.Viewer().Role, name.Text, ct) is RenameOutcome.Refused(var why)) return this.Refuse(nameof(Name), why);
        if (await manage.SetAsync(Managed, User.PersonId(), new RoomSettings(topic, icon, Posting, Kind, ShowsHistory, keep) { CallingAll = CallingAll, ShowsPreviews = ShowsPreviews }, ct) is { } refused) return this.Refuse(nameof(Kind), refused);
        return Back();
    }

    public async Task<IActionResult> OnPostHandOverAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        if (await handOver.RunAsync(Managed, User.PersonId(), NewOwner, ct) is not { } refusal) return Back();

        ModelState.Clear();
        await LoadAsync(ct);
        return this.Refuse(nameof(NewOwner), refusal);
    }

    public async Task<IActionResult> OnPostArchiveAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        await manage.ArchiveAsync(Managed, User.PersonId(), Archives, ct);
        return Back();
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        if (PlainLine.Key(PlainLine.Clean(Confirmation)) != PlainLine.Key(Room.Name))
        {
            ModelState.Clear();
            await LoadAsync(ct);
            return this.Refuse(nameof(Confirmation), new("That is not the room's name. Nothing was deleted."));
        }
        await delete.RunAsync(Managed, User.PersonId(), ct);
        return Managed.MayRead ? Redirect("/") : Redirect("/admin/rooms");
    }

    // How long messages are kept is for administrators to say; where others save, it stays.
    async Task<(KeepTime? Keep, Refusal? Refusal)> KeepAsync(CancellationToken ct) =>
        User.IsAdministrator() ? (KeepTime.Parse(Keep, out var refusal), refusal) : ((await manage.SettingsAsync(Room, ct)).Keep, null);

    RedirectResult Back() => Redirect(Managed.MayRead ? $"/rooms/{Room.Id}" : "/admin/rooms");

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindManagedAsync(new RoomId(id), User.Viewer(), ct) is not { } managed) return false;

        Managed = managed;
        Owner = await handOver.OwnerAsync(Room, ct);
        return true;
    }

    async Task LoadAsync(CancellationToken ct)
    {
        var now = await manage.SettingsAsync(Room, ct);
        (Name, About, Icon, Posting, CallingAll, Kind, ShowsHistory) = (Room.Name, now.Topic.Text, now.Icon.Text, now.Posting, now.CallingAll, now.Kind, now.ShowsHistory);
        ShowsPreviews = now.ShowsPreviews;
        Keep = now.Keep.Days?.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
