using System.Globalization;

namespace HtmxChat.Web.Shared;

/// <summary>Why a form was not taken, whatever stands in it.</summary>
/// <param name="Words">For the person who sent it.</param>
public sealed record FormProblem(int Status, string Words)
{
    /// <summary>Its token is of another session, or of none.</summary>
    public static readonly FormProblem TooOld = new(
        StatusCodes.Status422UnprocessableEntity, "This page had been open for too long, or you have signed in or out since. What you typed is kept, except passwords. Please send it again.");

    /// <summary>It is broken, has more fields than any form here, or a NUL in one of them.</summary>
    public static readonly FormProblem Unreadable = new(StatusCodes.Status400BadRequest, "Something in that form could not be read. Please fill it in once more; a text that was pasted may hold a character that is none.");

    /// <summary>It did not come to its end.</summary>
    public static readonly FormProblem TooSlow = new(StatusCodes.Status408RequestTimeout, "That took too long to arrive. Please try again over a faster connection, or choose a smaller file.");

    /// <summary>One too many in a short time.</summary>
    public static FormProblem TooOften(TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        return new(
            StatusCodes.Status429TooManyRequests,
            string.Create(CultureInfo.InvariantCulture, $"That was a lot in a short time. Please wait {seconds} {(seconds == 1 ? "second" : "seconds")} and send it again; what you typed is kept, except passwords."));
    }

    /// <summary>That of this request; null when there is none.</summary>
    public static FormProblem? Of(HttpContext http) => http.Features.Get<FormProblem>();
}
