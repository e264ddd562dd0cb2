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
    public string Title { get; private set; } = "";

    public string Words { get; private set; } = "";

    public void OnGet(int status) => Say(status);

    public void OnPost(int status) => Say(status);

    void Say(int status) => (Title, Words) = status switch
    {
        StatusCodes.Status404NotFound => ("Not found", "There is nothing at this address, or nothing for you."),
        StatusCodes.Status400BadRequest => ("That did not work", "The form was incomplete or had been open for too long. Go back, reload the page and try again."),
        StatusCodes.Status413PayloadTooLarge => ("Too large", "That was more than the server takes at once. Go back and make it shorter."),
        StatusCodes.Status429TooManyRequests => ("Too many tries", "There were too many tries from your address. Wait a minute, then go back and try again."),
        StatusCodes.Status503ServiceUnavailable => ("Very busy", "Very many people are signing in just now. Wait a few seconds, then go back and try again."),
        _ => ("Something went wrong", "The server could not do that. It was not your fault, and it has been noted. Go back and try again."),
    };
}
