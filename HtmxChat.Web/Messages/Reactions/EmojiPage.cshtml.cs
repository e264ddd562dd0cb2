using Htmx;
using HtmxChat.Web.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>All emoji, for the text that somebody writes.</summary>
public sealed class EmojiPageModel(RecentEmoji recent) : PageModel
{
    public const string Path = "/emoji";

    [BindProperty(Name = "emoji")]
    public string? Text { get; set; }

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "group", SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(Name = "tone", SupportsGet = true)]
    public int? Tone { get; set; }

    /// <summary>What was chosen, to be copied where there is no script; null as long as nothing was.</summary>
    public string? Chosen { get; private set; }

    public EmojiPicker Picker { get; private set; } = null!;

    bool IsForPart => Request.IsHtmx();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ShowAsync(ct);
        Response.Headers.Vary = "HX-Request";
        return IsForPart ? Partial("/Messages/Reactions/_EmojiPicker.cshtml", Picker) : Page();
    }

    /// <summary>Takes it that somebody has used one.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Chosen = AllEmoji.Find(Text);
        if (Chosen is not null) await recent.NoteAsync(User.PersonId(), Chosen, ct);
        if (IsForPart) return new NoContentResult();

        await ShowAsync(ct);
        return Page();
    }

    async Task ShowAsync(CancellationToken ct) => Picker = new EmojiPicker(Path, new EmojiChoice(Query, Group, Tone), await recent.OfAsync(User.PersonId(), ct)) { Inserts = true };
}
