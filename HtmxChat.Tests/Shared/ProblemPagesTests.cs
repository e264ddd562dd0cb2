using System.Net;
using HtmxChat.Tests.Live;
using HtmxChat.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Shared;

public sealed class ProblemPagesTests(SharedSite shared)
{
    [Theory]
    [InlineData("/nowhere", "Not found")]
    [InlineData("/rooms/999999", "Not found")]
    [InlineData("/live/superseded.css?id=*&seq=2", "Not found")]
    [InlineData("/rooms/1/older?before=x", "That did not work")]
    public async Task A_request_that_came_to_nothing_says_why_and_leads_back(string path, string title)
    {
        var answer = await shared.Bob.GetAsync(path);

        Assert.Equal((title, "/"), (answer.TextOf("h1"), answer.Only("main a").GetAttribute("href")));
    }

    [Fact]
    public async Task A_script_is_given_the_status_and_no_page()
    {
        var answer = await shared.Bob.GetAsync("/rooms/999999/older?before=5", ("HX-Request", "true"));

        Assert.Equal((HttpStatusCode.NotFound, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_failure_is_said_in_words_that_give_nothing_away_and_under_the_same_headers()
    {
        var broken = new Truth();
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<IRoomHistory>(broken));
        var ann = await site.SetUpByAnnAsync();
        broken.FailNext(1);

        var answer = await ann.GetAsync("/rooms/1");

        Assert.Equal((HttpStatusCode.InternalServerError, "Something went wrong"), (answer.Status, answer.TextOf("h1")));
        Assert.DoesNotContain("IOException", answer.Text, StringComparison.Ordinal);
        Assert.NotNull(answer.Header("Content-Security-Policy"));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/rooms/1")).Status);
    }
}
