using HtmxChat.Tests.Storage;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Tests.Accounts;

/// <summary>Somebody always looks after the site, on both databases.</summary>
public abstract class LastAdministratorContract(ChatDatabase database)
{
    const int AtOnce = 8;

    [Fact]
    public async Task Of_administrators_who_all_leave_at_once_on_two_nodes_one_stays()
    {
        await using var other = await database.StartNodeAsync();
        await BeginAsync();
        var people = await NewAdministratorsAsync(AtOnce);

        var left = await Task.WhenAll(people.Select((p, n) => LeaveAsync(n % 2 == 0 ? database.Writes : other.Writes, p, () => { })));

        Assert.Equal(AtOnce - 1, left.Count(l => l));
        Assert.Equal([1L], await database.AllAsync<long>("select count(*) from people where role = 2 and standing = 1"));
    }

    [Fact]
    public async Task Who_looks_after_nothing_may_always_leave_and_those_who_cannot_come_in_do_not_count()
    {
        await BeginAsync();
        var people = await NewAdministratorsAsync(2);
        var member = (await database.NewPersonAsync()).Id;
        await database.Writes.WriteAsync(sql => sql.Execute("update people set standing = 3 where id = @id", ("@id", people[1].Value)), Ct);

        Assert.False(await database.Writes.WriteAsync(sql => LastAdministrator.Is(sql, member), Ct));
        Assert.True(await database.Writes.WriteAsync(sql => LastAdministrator.Is(sql, people[0]), Ct));
        Assert.False(await database.Writes.WriteAsync(sql => LastAdministrator.Is(sql, people[1]), Ct));
    }

    protected static Task<bool> LeaveAsync(GroupCommit writes, PersonId person, Action before) => writes.WriteAsync(sql =>
    {
        before();
        return !LastAdministrator.Is(sql, person) && sql.Execute("update people set standing = 4 where id = @id", ("@id", person.Value)) > 0;
    }, Ct);

    // Each test counts its own administrators.
    protected Task<int> BeginAsync() => database.Writes.WriteAsync(sql =>
        sql.Execute("delete from people; delete from sites; insert into sites (id, name, epoch) values (1, 'Tea house', 'test')"), Ct);

    protected async Task<List<PersonId>> NewAdministratorsAsync(int count)
    {
        var people = new List<PersonId>();
        for (var i = 0; i < count; i++) people.Add((await database.NewPersonAsync()).Id);
        await database.Writes.WriteAsync(sql => sql.Execute("update people set role = 2"), Ct);
        return people;
    }
}

public sealed class SqliteLastAdministratorTests(SqliteChatDatabase database) : LastAdministratorContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresLastAdministratorTests(PostgresChatDatabase database) : LastAdministratorContract(database), IClassFixture<PostgresChatDatabase>
{
    readonly ChatDatabase database = database;

    // In a SQLite file there is never a second transaction that writes.
    [Fact]
    public async Task Two_whose_transactions_have_both_begun_do_not_both_leave()
    {
        await using var other = await database.StartNodeAsync();
        using var begun = new Barrier(2);
        for (var round = 0; round < 5; round++)
        {
            await BeginAsync();
            var people = await NewAdministratorsAsync(2);

            var left = await Task.WhenAll(LeaveAsync(database.Writes, people[0], Meet), LeaveAsync(other.Writes, people[1], Meet));

            Assert.Equal(1, left.Count(l => l));
        }

        void Meet() => begun.SignalAndWait(Waiting.Longest, Ct);
    }
}
