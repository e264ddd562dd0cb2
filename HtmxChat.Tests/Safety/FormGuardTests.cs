using System.Net;

namespace HtmxChat.Tests.Safety;

/// <summary>What becomes of a form that cannot be taken as it is, and of requests that no page is meant for.</summary>
public sealed class FormGuardTests(SharedSite shared)
{
    const string TooOld = "This page had been open for too long";

    [Fact]
    public async Task A_form_of_an_earlier_session_comes_back_with_what_was_typed_and_is_then_taken()
    {
        using var bob = await shared.Site.SignInAsync("Bob");
        var old = await bob.GetAsync("/rooms/new");
        await bob.SignOutAsync();
        await bob.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password));

        var answer = await bob.SubmitAsync(old, "/rooms/new", ("Name", "Kept name"), ("About", "Kept topic"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.StartsWith(TooOld, answer.TextOf("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(("Kept name", "Kept topic"), (answer.Field("Name"), answer.Field("About")));
        Assert.StartsWith("/rooms/", (await bob.SubmitAsync(answer, "/rooms/new", ("Name", "Kept name"), ("About", "Kept topic"))).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_shows_what_is_stored_comes_back_with_what_was_typed()
    {
        var room = await shared.NewRoomAsync();
        using var ann = await shared.Site.SignInAsync("Ann");

        var answer = await ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings", ("Name", "Typed"), ("Posting", "Administrators"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Typed"), (answer.Status, answer.Field("Name")));
        Assert.Equal("Administrators", answer.Only("#Posting option[selected]").GetAttribute("value"));
        Assert.NotEqual("Typed", (await ann.GetAsync($"/rooms/{room}")).TextOf("#room-name"));
    }

    [Fact]
    public async Task A_sign_in_form_in_a_second_tab_goes_on_to_where_one_wanted()
    {
        using var bob = shared.Site.NewBrowser();
        var second = await bob.GetAsync("/sign-in?returnUrl=/rooms/1?before=9");
        await bob.SubmitAsync("/sign-in", ("Name", "Bob"), ("Password", ChatSite.Password));

        var answer = await bob.SubmitAsync(second, "/sign-in?returnUrl=/rooms/1?before=9", ("Name", "Bob"), ("Password", ChatSite.Password));

        Assert.Equal((HttpStatusCode.Redirect, "/rooms/1?before=9"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task A_sign_in_form_without_its_cookie_keeps_the_name_and_not_the_password()
    {
        var form = await shared.Site.NewBrowser().GetAsync("/sign-in");

        var answer = await shared.Site.NewBrowser().SubmitAsync(form, "/sign-in", ("Name", "Bob"), ("Password", ChatSite.Password));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Bob", null), (answer.Status, answer.Field("Name"), answer.Field("Password")));
        Assert.StartsWith(TooOld, answer.TextOf("[role=alert]:not([data-valmsg-summary])"), StringComparison.Ordinal);
        Assert.DoesNotContain(ChatSite.Password, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_on_an_old_page_comes_back_with_its_text()
    {
        var room = await shared.NewRoomAsync();
        using var bob = await shared.Site.SignInAsync("Bob");

        var answer = await bob.SubmitAsync(await shared.Bob.GetAsync($"/rooms/{room}/composer"), $"/rooms/{room}/composer", ("text", "Long thought."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Long thought."), (answer.Status, answer.Field("text")));
    }

    [Theory]
    [InlineData("/rooms/new")]
    [InlineData("/rooms/1/about")]
    [InlineData("/rooms/1/composer")]
    [InlineData("/rooms/1")]
    [InlineData("/sign-in")]
    public async Task A_form_that_cannot_be_read_is_said_to_be(string path)
    {
        using var browser = path == "/sign-in" ? shared.Site.NewBrowser() : await shared.Site.SignInAsync("Bob");
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 700).Select(i => KeyValuePair.Create($"field{i}", "x")));
        using var nul = new FormUrlEncodedContent([new("text", "a\0b"), new("Name", "a\0b")]);
        using var broken = new MultipartFormDataContent("x") { Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "y") } } } };
        broken.Add(new StringContent("x"), "text");

        foreach (var content in new HttpContent[] { many, nul, broken })
        {
            var answer = await browser.SendAsync(HttpMethod.Post, path, content);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("could not be read", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "/sign-out?handler=Nothing")]
    [InlineData("TRACE", "/rooms/1")]
    public async Task What_no_page_is_meant_for_is_not_found(string method, string path)
    {
        var answer = await shared.Bob.SendAsync(new HttpMethod(method), path, content: null);

        Assert.Equal((HttpStatusCode.NotFound, "Not found"), (answer.Status, answer.TextOf("h1")));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Other_methods_that_change_something_are_held_to_the_token_too(string method)
    {
        var form = await shared.Bob.GetAsync("/rooms/new");
        var token = form.Field("__RequestVerificationToken")!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Bob.SendAsync(new HttpMethod(method), "/rooms/new", content: null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.SendAsync(new HttpMethod(method), "/rooms/new", content: null, ("RequestVerificationToken", token))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.SendAsync(new HttpMethod(method), "/rooms/1", content: null, ("RequestVerificationToken", token))).Status);
    }
}
