namespace HtmxChat.Tests.Safety;

/// <summary>
/// Everything that the program answers, for whom, under which limit and with which proof that its own form was sent. An
/// address that does not stand here fails <see cref="EndpointTests"/>, and what stands here is tried by
/// <see cref="CanaryTests"/> with the rooms of others.
/// </summary>
/// <remarks>
/// Who: <c>anyone</c>; a <c>person</c> who is signed in; the <c>world</c>, which is the same but for reading public rooms; or a role, and then it does not exist for others. The limit is
/// that of <c>Limits</c>; <c>own</c> counts by itself, and so does <c>World</c> whom it knows. The proof of what may change something: the form's <c>token</c>,
/// checked for every page alike or by the page <c>itself</c>. In the address a handler stands after its method.
/// </remarks>
static class EndpointTable
{
    public const string Everything =
        """
        who           | limit         | proof  | methods              | address
        anyone        | Forms         | token  | GET POST             | account/comfort
        anyone        | Forms         | token  |                      | goodbye
        anyone        | Forms         |        | GET                  | mine/{personId:long}.css
        anyone        | Forms         |        | GET                  | health
        anyone        | SignIns       | token  | GET POST             | join/{invite}
        anyone        | Forms         |        | GET                  | people/{id:long}/picture/{picture}
        anyone        | Forms         | none   |                      | problem/{status:int}
        anyone        | Handshakes    |        | CONNECT GET HEAD     | rooms/{id:long}/live
        anyone        | PasswordForms | token  | GET POST             | setup
        anyone        | SignIns       | token  | GET POST             | sign-in
        person        | Forms         | token  | GET                  |
        person        | Uploads       | token  | GET POST Picture RemovePicture | account
        person        | PasswordForms | token  | GET POST             | account/delete
        person        | Forms         | token  | GET POST             | account/link-made
        person        | Forms         | token  | GET End EndOthers    | account/sessions
        person        | Forms         | token  | GET POST             | direct/new
        person        | Forms         |        | GET                  | live/superseded.css
        person        | Forms         | token  | GET POST Add Remove  | rooms/{id:long}/about
        person        | own           | itself | GET POST Draft TakeBack | rooms/{id:long}/composer
        person        | Forms         | itself | POST                 | rooms/{id:long}/here
        person        | Typing        | itself | POST                 | rooms/{id:long}/draft
        person        | Typing        | itself | POST                 | rooms/{id:long}/typing
        person        | Forms         | itself | GET POST             | rooms/{id:long}/preview
        person        | Forms         | token  | GET                  | rooms/{id:long}/members
        person        | Forms         | token  | GET                  | people/{id:long}
        person        | Forms         |        | GET                  | rooms/{id:long}/older
        person        | Forms         |        | GET                  | rooms/{id:long}/suggest
        world         | World         | itself | GET POST             | rooms/{id:long}
        world         | World         | itself | GET POST             | rooms/{id:long}/messages/{seq:long}
        person        | Forms         | token  | GET POST TakeBack    | rooms/{id:long}/public
        anyone        | World         | token  | GET                  | public
        anyone        | World         |        | GET                  | robots.txt
        anyone        | World         |        | GET                  | sitemap.xml
        person        | Forms         | token  | GET POST Archive Delete HandOver | rooms/{id:long}/settings
        person        | Forms         | token  | GET                  | mentions
        person        | Forms         | token  | GET POST             | rooms
        person        | Forms         | token  | GET                  | jump
        person        | Forms         | token  | GET                  | help/keys
        person        | Forms         | token  | GET POST             | rooms/new
        person        | Forms         | token  | POST                 | sign-out
        anyone        | PasswordForms | token  | GET POST             | confirm/{token}
        person        | PasswordForms | token  | GET POST Remove      | account/email
        anyone        | Resets        | token  | GET POST             | forgot
        anyone        | Guests        | token  | GET POST             | join
        anyone        | Forms         | token  | GET                  | sign-in/other
        anyone        | SignIns       | token  | GET Join Link        | sign-in/other/back
        person        | PasswordForms | token  | GET POST             | account/other
        person        | PasswordForms | token  | GET POST Options Remove Rename | account/passkeys
        person        | PasswordForms | token  | GET POST             | account/password
        person        | Forms         | token  | GET POST State       | account/phone
        anyone        | SignIns       | token  | GET POST SignOut     | phone/{token}
        anyone        | Resets        | token  | GET POST             | reset/{token}
        anyone        | SignIns       | token  | GET POST             | sign-in/code
        anyone        | SignIns       | token  | GET POST Options     | sign-in/passkey
        person        | PasswordForms | token  | GET POST             | account/stay
        person        | PasswordForms | token  | GET Begin Codes Off On | account/two-step
        Administrator | Forms         | token  | GET                  | admin/audit
        Administrator | Invites       | token  | GET POST Revoke      | admin/invites
        Administrator | Forms         | token  | GET                  | admin
        Administrator | Forms         | token  | GET                  | admin/people
        Administrator | Forms         | token  | GET POST             | admin/people/{id:long}
        Administrator | Forms         | token  | GET Dismiss Remove   | admin/reports
        Administrator | Forms         | token  | GET                  | admin/rooms
        Administrator | Uploads       | token  | GET POST Letter Logo RemoveLogo | admin/settings
        person        | Forms         | token  | GET                  | rooms/{id:long}/messages/{seq:long}/removal
        person        | Reports       | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/report
        person        | Forms         | token  | GET                  | rooms/{id:long}/messages/{seq:long}/more
        person        | Forms         |        | GET                  | rooms/{id:long}/messages/{seq:long}/reply
        person        | Forms         |        | GET                  | rooms/{id:long}/messages/{seq:long}/source
        person        | Forms         | token  |                      | help/formatting
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/edit
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/unread
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/forward
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/delete
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/restore
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/pin
        person        | Edits         | token  | GET POST             | rooms/{id:long}/pins
        person        | Forms         |        | GET                  | rooms/{id:long}/messages/{seq:long}/preview.webp
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/preview
        person        | Reactions     | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/react
        person        | Forms         | token  | GET                  | rooms/{id:long}/messages/{seq:long}/reactions
        person        | Forms         | token  | GET POST             | emoji
        person        | Reactions     | token  | GET POST Close       | rooms/{id:long}/messages/{seq:long}/poll
        person        | Forms         | token  | GET POST             | rooms/{id:long}/poll
        person        | Forms         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/save
        person        | Forms         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/remind
        person        | Edits         | token  | GET POST Keep        | rooms/{id:long}/later
        person        | Forms         | token  | GET POST             | later
        person        | Forms         | token  | GET POST             | later/reminders
        person        | Edits         | token  | GET POST             | later/scheduled
        person        | Edits         | token  | GET POST             | later/scheduled/{item:long}
        person        | own           | itself | GET POST Draft       | rooms/{id:long}/messages/{seq:long}/thread
        person        | Edits         | token  | GET POST             | rooms/{id:long}/messages/{seq:long}/follow
        person        | Forms         | token  | POST                 | rooms/{id:long}/messages/{seq:long}/read
        person        | Forms         | token  | GET                  | threads
        anyone        | Forms         |        | GET                  | site.css
        anyone        | Forms         |        | GET                  | logo
        """;
}
