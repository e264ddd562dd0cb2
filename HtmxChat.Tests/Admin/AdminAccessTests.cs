using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Admin;

public sealed class AdminAccessTests(SharedSite shared)
{
    public static TheoryData<string> Addresses { get; } = ["/admin", "/admin/people", "/admin/people/1", "/admin/audit", "/admin/invites", "/admin/settings", "/admin/rooms", "/admin/reports"];

    [Fact]
    public void These_are_all_the_pages_that_there_are()
    {
        var pages = shared.Site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.RawText!).Where(path => path.StartsWith("admin", StringComparison.Ordinal));

        Assert.Equal(Addresses.Select(a => a.Data.TrimStart('/').Replace("/1", "/{id:long}", StringComparison.Ordinal)).Order(), pages.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task To_all_but_administrators_they_do_not_exist(string address)
    {
        Assert.Equal(HttpStatusCode.OK, (await shared.Ann.GetAsync(address)).Status);
        var (nowhere, form) = (await shared.Bob.GetAsync("/admin/nowhere"), await shared.Bob.GetAsync("/rooms/new"));

        var read = await shared.Bob.GetAsync(address);
        var written = await shared.Bob.SubmitAsync(form, address, ("Deed", "Ban"));
        var asked = await shared.Site.NewBrowser().GetAsync(address);

        Assert.Equal((HttpStatusCode.NotFound, nowhere.Text), (read.Status, read.Text));
        Assert.Equal(HttpStatusCode.NotFound, written.Status);
        Assert.Contains("/sign-in", asked.Location, StringComparison.Ordinal);
    }
}
