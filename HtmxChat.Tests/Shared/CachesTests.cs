using System.Net;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;

namespace HtmxChat.Tests.Shared;

public sealed class CachesTests
{
    [Fact]
    public async Task Without_any_memory_the_site_works_the_same()
    {
        await using var site = await ChatSite.StartEmptyAsync(("Caches", "off"));
        var ann = await site.SetUpByAnnAsync();
        var room = await ann.NewRoomAsync("Slow lane");

        await ann.SayAsync(room, "One.", "Two.");

        var page = await ann.GetAsync($"/rooms/{room}");
        Assert.Equal(["One.", "Two."], page.Messages);
        await ann.SignOutAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await ann.GetAsync($"/rooms/{room}")).Status);
    }

    [Theory]
    [InlineData("off", false)]
    [InlineData("on", true)]
    [InlineData(null, true)]
    public void A_memory_holds_something_unless_it_is_off(string? setting, bool holds)
    {
        var caches = new Caches(new ConfigurationBuilder().AddInMemoryCollection([new("Caches", setting)]).Build());
        using var memory = caches.New(limit: 10);

        memory.Set("a", 1, new MemoryCacheEntryOptions { Size = 1 });

        Assert.Equal((holds, holds), (caches.AreOn, memory.TryGetValue("a", out _)));
    }
}
