using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Shared;

/// <summary>What a person reads when a request came to nothing. The same for what is not there and for what they may not know of.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ProblemModel : PageModel
{
    /// <summary>What is said about. No form can say otherwise.</summary>
    [BindProperty(SupportsGet = true)]
    [FromRoute]
    public int Status { get; set; }

    public string Title => Said.Title;

    public string Words => Said.Words;

    (string Title, string Words) Said => Status switch
    {
        StatusCodes.Status404NotFound => ("Not found", "There is nothing at this address, or it is not for you to see."),
        StatusCodes.Status403Forbidden => ("Not from here", "Your browser says that this form comes from another site. Whoever runs this server behind a proxy: it has to hand on the Host header as it is."),
        StatusCodes.Status400BadRequest => ("That did not work", "The form was incomplete or had been open for too long. Go back, reload the page and try again."),
        StatusCodes.Status413PayloadTooLarge => ("Too large", "That was more than the server takes at once. Go back and make it shorter."),
        StatusCodes.Status429TooManyRequests => ("Too many tries", "There were too many tries from your address. Wait a minute, then go back and try again."),
        StatusCodes.Status503ServiceUnavailable => ("Very busy", "Very many people are signing in just now. Wait a few seconds, then go back and try again."),
        _ => ("Something went wrong", "The server could not do that. It was not your fault, and it has been noted. Go back and try again."),
    };
}
