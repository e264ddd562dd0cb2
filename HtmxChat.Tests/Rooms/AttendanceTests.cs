using HtmxChat.Tests.Storage;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Rooms;

/// <summary>Who is here, with a clock that the test moves.</summary>
public abstract class AttendanceContract(ChatDatabase database)
{
    readonly LiveConnections live = new(database.Time, CancellationToken.None);

    [Fact]
    public async Task Somebody_is_active_while_a_page_is_looked_at_away_while_one_is_open_and_then_offline()
    {
        var (person, attendance) = (await NewPersonAsync(), On(live));
        using (var page = Open(person))
        {
            Assert.Equal(Presence.Away, await LookAsync(attendance, person));
            page.View.IsWatchedFor(PageView.AsLongAsItIsOpen);
            Assert.Equal(Presence.Active, await LookAsync(attendance, person));

            page.View.IsWatchedFor(TimeSpan.Zero);
            database.Time.Advance(Attendance.Grace);
            Assert.Equal(Presence.Away, await LookAsync(attendance, person));
        }
        database.Time.Advance(Attendance.Leaving);
        Assert.Equal(Presence.Offline, await LookAsync(attendance, person));
    }

    [Fact]
    public async Task Who_goes_from_one_page_to_another_stays_active()
    {
        var (person, attendance) = (await NewPersonAsync(), On(live));
        using (var first = Open(person))
        {
            first.View.IsWatchedFor(PageView.AsLongAsItIsOpen);
            await LookAsync(attendance, person);
        }
        attendance.TakeChanges();

        database.Time.Advance(Attendance.Grace / 2);
        Assert.Equal(Presence.Active, await LookAsync(attendance, person));
        Assert.Empty(attendance.TakeChanges());
    }

    [Fact]
    public async Task A_computer_that_falls_asleep_is_away_within_a_minute()
    {
        var (person, attendance) = (await NewPersonAsync(), On(live));
        using var page = Open(person);
        page.View.IsWatchedFor(HtmxChat.Web.Messages.Reading.HereEndpoint.Lasts);
        Assert.Equal(Presence.Active, await LookAsync(attendance, person));

        database.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(Presence.Away, await LookAsync(attendance, person));
    }

    [Fact]
    public async Task Who_does_not_want_it_known_is_offline_to_the_others()
    {
        var (person, attendance) = (await NewPersonAsync(), On(live));
        using var page = Open(person);
        page.View.IsWatchedFor(PageView.AsLongAsItIsOpen);
        Assert.Equal(Presence.Active, await LookAsync(attendance, person));

        await database.Writes.WriteAsync(sql => sql.Execute("update people set hides_presence = @yes where id = @id", ("@yes", true), ("@id", person.Value)), Ct);
        database.Time.Advance(Attendance.ShareEvery);

        Assert.Equal(Presence.Offline, await LookAsync(attendance, person));
        Assert.Contains(person, attendance.TakeChanges());
    }

    protected Attendance On(LiveConnections connections) => new(connections, database.Sql, database.Writes, database.Database, database.Time);

    protected async Task<PersonId> NewPersonAsync() => (await database.NewPersonAsync()).Id;

    protected LiveConnection Open(PersonId person) => live.Open(new LiveHolder("1", person, new RoomId(1)), () => { });

    protected static async Task<Presence> LookAsync(Attendance attendance, PersonId person)
    {
        await attendance.LookAsync(Ct);
        return attendance.Of(person);
    }
}

public sealed class SqliteAttendanceTests(SqliteChatDatabase database) : AttendanceContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresAttendanceTests(PostgresChatDatabase database) : AttendanceContract(database), IClassFixture<PostgresChatDatabase>
{
    readonly PostgresChatDatabase database = database;

    [Fact]
    public async Task A_node_knows_who_is_on_another_and_forgets_them_with_the_node()
    {
        var (person, here, there) = (await NewPersonAsync(), On(new LiveConnections(database.Time, CancellationToken.None)), Attending(out var connections));
        using var page = connections.Open(new LiveHolder("1", person, new RoomId(1)), () => { });
        page.View.IsWatchedFor(PageView.AsLongAsItIsOpen);

        await there.LookAsync(Ct);
        Assert.Equal(Presence.Active, await LookAsync(here, person));

        // By the database's clock, which no test moves.
        await database.Writes.WriteAsync(sql => sql.Execute("update attendance set at_ms = at_ms - @life", ("@life", (long)Attendance.NodeLifetime.TotalMilliseconds + 1_000)), Ct);
        database.Time.Advance(Attendance.ShareEvery);
        Assert.Equal(Presence.Offline, await LookAsync(here, person));
    }

    Attendance Attending(out LiveConnections connections) => On(connections = new LiveConnections(database.Time, CancellationToken.None));
}
