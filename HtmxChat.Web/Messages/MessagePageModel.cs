using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages;

/// <summary>What the pages about one message have in common: they find it, and to whoever may not read it there is none.</summary>
public abstract class MessagePageModel(RoomDirectory rooms) : PageModel
{
    public RoomAccess Access { get; private set; } = null!;

    public Message Message { get; private set; } = null!;

    /// <summary>The room with the message in view, where it is among the newest.</summary>
    protected string BackToRoom => PathBackTo(Message);

    /// <summary>The room with a message in view, or its thread, where it is shown there alone.</summary>
    public static string PathBackTo(Message message) => message.Thread.IsInRoom ? $"/rooms/{message.Room}#{message.ElementId}" : ThreadModel.PathOf(message);

    /// <summary>Whether htmx asks, for a part of the page that is open.</summary>
    public bool IsForPart => Request.IsHtmx();

    protected Viewer Viewer => User.Viewer();

    /// <summary>Finds the room and the message.</summary>
    /// <param name="find">Which messages are meant; null is none.</param>
    /// <returns>False when there is none for this person.</returns>
    protected async Task<bool> FindAsync(long id, Func<RoomAccess, Task<Message?>> find, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), Viewer, ct) is not { } access || await find(access) is not { } message) return false;

        (Access, Message) = (access, message);
        return true;
    }

    /// <summary>What was asked for is done: the page that is open is told so in a few words, and a plain form leads on.</summary>
    /// <param name="words">A sentence.</param>
    protected IActionResult Done(string words, string onward)
    {
        if (!IsForPart) return new SeeOther(onward);

        Response.Htmx(h => h.WithTrigger("chat:done", new { words }));
        return new NoContentResult();
    }

    /// <summary>A sentence for the page that is open, where it says what was done.</summary>
    protected PartialViewResult Say(string words)
    {
        Response.Htmx(h => h.Retarget("#toast").Reswap("innerHTML"));
        return Part("/Messages/_Said.cshtml", words);
    }

    /// <summary>A part of the page instead of a whole one.</summary>
    protected PartialViewResult Part<TModel>(string path, TModel model)
    {
        Response.Headers.Vary = "HX-Request";
        return Partial(path, model);
    }
}
