using System.Diagnostics;
using System.Net;
using HtmxChat.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace HtmxChat.Tests.Safety;

/// <summary>That a room is not one's own takes as long to find out as that there is none: the database is asked the same.</summary>
public sealed class CanaryCostTests(SharedPostgres server)
{
    [Fact]
    public async Task The_database_is_asked_as_often_about_a_room_of_others_as_about_one_that_there_is_not()
    {
        var setting = await PostgresSite.SettingAsync(server);
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow)), setting);
        using var statements = new Statements(new NpgsqlConnectionStringBuilder(setting.Value).Database!);
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var closed = (await ann.SubmitAsync("/rooms/new", ("Name", "Closed"), ("Closed", "true"))).Location!.Split('/')[2];
        var token = (await bob.GetAsync("/rooms/new")).Field(Call.Token);

        var asked = 0;
        foreach (var call in Call.All(await KnownEndpoint.AllAsync(site)).Where(c => c.Endpoint.Address.StartsWith("rooms/{id", StringComparison.Ordinal)))
        {
            var (here, nowhere) = (await CountAsync(long.Parse(closed)), await CountAsync(999_999));
            Assert.True(here == nowhere, $"{call}: {here} statements, and {nowhere} where there is no room");
            asked += here;

            // At times a connection is opened, which says a few things by itself.
            async Task<int> CountAsync(long room) => Math.Min(await CountOnceAsync(room), await CountOnceAsync(room));

            async Task<int> CountOnceAsync(long room)
            {
                var before = statements.Count;
                Assert.Equal(HttpStatusCode.NotFound, (await call.SendAsync(bob, room, token)).Status);
                return statements.Count - before;
            }
        }
        Assert.NotEqual(0, asked);
    }

    /// <summary>Counts what is asked of one database.</summary>
    sealed class Statements : IDisposable
    {
        readonly ActivityListener listener;
        int count;

        public Statements(string database)
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.TagObjects.Any(t => t.Value as string == database)) Interlocked.Increment(ref count);
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public int Count => Volatile.Read(ref count);

        public void Dispose() => listener.Dispose();
    }
}
