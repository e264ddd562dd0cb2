using System.Net;
using HtmxChat.Web.Messages;

namespace HtmxChat.Tests.Messages.Writing;

public sealed class ComposerPageTests(SharedSite shared)
{
    [Fact]
    public async Task The_form_in_its_own_frame_posts_and_comes_back_empty()
    {
        var at = $"/rooms/{await shared.NewRoomAsync()}";
        var form = await shared.Bob.GetAsync($"{at}/composer");

        var answer = await shared.Bob.SubmitAsync(form, $"{at}/composer", ("text", "From the frame."));

        Assert.Equal((HttpStatusCode.SeeOther, $"{at}/composer?sent=1"), (answer.Status, answer.Location));
        Assert.Equal("", (await shared.Bob.GetAsync(answer.Location!)).Field("text"));
        Assert.Equal(["From the frame."], (await shared.Ann.GetAsync(at)).Messages);
    }

    [Fact]
    public async Task A_text_that_the_frame_cannot_take_stays_in_it()
    {
        var at = $"/rooms/{await shared.NewRoomAsync()}";
        var text = new string('x', Draft.MaxLength + 1);

        var answer = await shared.Bob.SubmitAsync($"{at}/composer", ("text", text));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, text), (answer.Status, answer.Field("text")));
        Assert.Equal($"{at}/composer", answer.Only("main form").GetAttribute("action"));
    }
}
