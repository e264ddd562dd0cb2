using HtmxChat.Web.Mail;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Tells a person by mail that the password is another one, in case it was not they who changed it.</summary>
static class PasswordNotice
{
    public static void Post(Postbox postbox, Person person)
    {
        if (person is not { EmailConfirmed: true, Email: { } address }) return;

        postbox.TryPost(new Letter("password changed", address, "Your password was changed",
            [$"The password of @{person.UserName} was changed just now, and all other browsers were signed out.", "If that was not you, ask for a new password at once, or tell whoever looks after the site."],
            "/forgot", "Ask for a new password"));
    }
}
