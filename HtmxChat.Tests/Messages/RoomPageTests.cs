using System.Net;
using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Messages;

public sealed class RoomPageTests(SharedSite shared)
{
    [Fact]
    public async Task A_plain_form_posts_and_leads_back_to_the_message()
    {
        var (at, form) = await OpenAsync();

        var answer = await shared.Bob.SubmitAsync(form, at, ("text", "Hello\r\nthere."));

        Assert.Equal((HttpStatusCode.SeeOther, $"{at}#m-1"), (answer.Status, answer.Location));
        var page = await shared.Ann.GetAsync(at);
        Assert.Equal(["Hellothere."], page.Messages);
        Assert.Single(page.Page.QuerySelectorAll("#m-1 .text br"));
        Assert.Equal("Bob", page.TextOf("#m-1 .by b"));
    }

    [Fact]
    public async Task Sending_the_same_form_again_is_harmless()
    {
        var (at, form) = await OpenAsync();

        var first = await shared.Bob.SubmitAsync(form, at, ("text", "Once."));
        var second = await shared.Bob.SubmitAsync(form, at, ("text", "Once."));

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal((first.Status, first.Location), (second.Status, second.Location));
        Assert.Equal(["Once."], (await shared.Bob.GetAsync(at)).Messages);
    }

    [Fact]
    public async Task A_form_that_was_sent_and_then_changed_keeps_its_text_and_is_offered_as_a_new_message()
    {
        var (at, form) = await OpenAsync();
        await shared.Bob.SubmitAsync(form, at, ("text", "One text."));

        var conflict = await shared.Bob.SubmitAsync(form, at, ("text", "Another text."));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(("Another text.", PostWords.KeyUsedBefore), (conflict.Field("text"), conflict.TextOf("#problem")));
        Assert.NotEqual(form.Field("key"), conflict.Field("key"));
        Assert.Equal(HttpStatusCode.SeeOther, (await shared.Bob.SubmitAsync(conflict, at, ("text", conflict.Field("text")!))).Status);
        Assert.Equal(["One text.", "Another text."], (await shared.Bob.GetAsync(at)).Messages);
    }

    [Theory]
    [InlineData("\u200b", "Write something first.")]
    [InlineData("too long", "That is 10,001 characters, and a message can have 10,000. Please shorten it; your text is kept.")]
    public async Task A_text_that_cannot_be_taken_is_refused_in_words_and_kept(string text, string words)
    {
        var (at, form) = await OpenAsync();
        if (text == "too long") text = new string('x', Draft.MaxLength + 1);

        var answer = await shared.Bob.SubmitAsync(form, at, ("text", text));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal((text, words), (answer.Field("text"), answer.TextOf("#problem")));
        Assert.Empty((await shared.Bob.GetAsync(at)).Messages);
    }

    [Fact]
    public async Task An_empty_form_is_refused()
    {
        var (at, form) = await OpenAsync();

        var answer = await shared.Bob.SubmitAsync(form, at);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Write something first."), (answer.Status, answer.TextOf("#problem")));
    }

    [Theory]
    [InlineData("__RequestVerificationToken", "too old", PostWords.FormTooOld)]
    [InlineData("__RequestVerificationToken", "", PostWords.FormTooOld)]
    [InlineData("key", "no key", "This form was incomplete. Please send your text once more.")]
    public async Task A_form_that_is_too_old_or_broken_keeps_its_text_and_works_at_the_next_try(string field, string value, string words)
    {
        var (at, form) = await OpenAsync();

        var refused = await shared.Bob.SubmitAsync(form, at, ("text", "Long thought about."), (field, value));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, words), (refused.Status, refused.TextOf("#problem")));
        Assert.Empty((await shared.Ann.GetAsync(at)).Messages);

        Assert.Equal(HttpStatusCode.SeeOther, (await shared.Bob.SubmitAsync(refused, at, ("text", refused.Field("text")!))).Status);
        Assert.Equal(["Long thought about."], (await shared.Ann.GetAsync(at)).Messages);
    }

    [Fact]
    public async Task Over_htmx_a_form_that_is_too_old_stays_unsent_until_the_page_is_loaded_again()
    {
        var (at, form) = await OpenAsync();

        var refused = await shared.Bob.SubmitByHtmxAsync(form, at, ("text", "Long thought about."), ("__RequestVerificationToken", "too old"));

        var trigger = refused.Header("HX-Trigger")!;
        Assert.Contains("chat:later", trigger, StringComparison.Ordinal);
        Assert.Contains("Please load it again", trigger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_goes_to_its_room_only()
    {
        var ((here, form), (elsewhere, _)) = (await OpenAsync(), await OpenAsync());

        await shared.Bob.SubmitAsync(form, here, ("text", "Here."));

        Assert.Equal(["Here."], (await shared.Ann.GetAsync(here)).Messages);
        Assert.Empty((await shared.Ann.GetAsync(elsewhere)).Messages);
    }

    [Fact]
    public async Task A_key_that_was_used_in_one_room_posts_nothing_in_another()
    {
        var ((here, form), (elsewhere, _)) = (await OpenAsync(), await OpenAsync());
        await shared.Bob.SubmitAsync(form, here, ("text", "Hello."));

        var answer = await shared.Bob.SubmitAsync(await shared.Bob.GetAsync(elsewhere), elsewhere, ("text", "Hello."), ("key", form.Field("key")!));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Empty((await shared.Ann.GetAsync(elsewhere)).Messages);
    }

    [Fact]
    public async Task Menus_are_named_after_those_whose_messages_they_belong_to()
    {
        var (at, form) = await OpenAsync();
        await shared.Bob.SubmitAsync(form, at, ("text", "Hello."));
        var page = await shared.Ann.GetAsync(at);
        await shared.Ann.SubmitAsync(page, at, ("text", "Hello yourself."));

        page = await shared.Ann.GetAsync(at);

        var names = page.Page.QuerySelectorAll(".more").Select(link => string.Join(' ', link.GetAttribute("aria-labelledby")!.Split(' ')
            .Select(id => page.Only($"#{id}")).Select(part => part.GetAttribute("aria-label") ?? part.TextContent)));
        Assert.Equal(["More Bob", "More Ann"], names);
    }

    [Fact]
    public async Task Without_script_the_page_loads_itself_again_when_its_stream_has_ended_and_says_so_where_HTML_lets_it()
    {
        var (_, page) = await OpenAsync();

        Assert.Equal("10", page.Only("head > noscript > meta[http-equiv=refresh]").GetAttribute("content"));
        Assert.Empty(page.Page.QuerySelectorAll("body meta"));
    }

    [Fact]
    public async Task HEAD_is_answered_like_GET_without_the_page()
    {
        var answer = await shared.Bob.SendAsync(HttpMethod.Head, "/rooms/1", content: null);

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text));
        Assert.StartsWith("text/html", answer.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_256_KB_is_refused_before_it_is_read()
    {
        var (at, form) = await OpenAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Bob.SubmitAsync(form, at, ("text", new string('x', 250 * 1024)))).Status);

        var answer = await shared.Bob.SubmitAsync(form, at, ("text", new string('x', 256 * 1024)));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "Too large"), (answer.Status, answer.TextOf("h1")));
    }

    async Task<(string At, Answer Form)> OpenAsync()
    {
        var at = $"/rooms/{await shared.NewRoomAsync()}";
        return (at, await shared.Bob.GetAsync(at));
    }
}
