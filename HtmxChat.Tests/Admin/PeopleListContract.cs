using HtmxChat.Tests.Storage;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Admin;

/// <summary>The list of people that administrators have, on both databases.</summary>
public abstract class PeopleListContract(ChatDatabase database)
{
    const int Many = 10_000;

    PeopleList People => new(database.Sql, database.Time);

    [Fact]
    public async Task Page_by_page_everybody_of_ten_thousand_is_seen_once_in_the_order_of_the_handles()
    {
        await AddAsync(Enumerable.Range(1, Many).Select(i => NewPerson($"Many {i}")));
        var seen = new List<string>();
        string? after = null;

        do
        {
            var page = await People.FindAsync("MANY.", PeopleSelection.Everybody, after, Ct);
            Assert.InRange(page.People.Count, 1, PeopleList.PageSize);
            seen.AddRange(page.People.Select(p => p.Handle));
            after = page.After;
        }
        while (after is not null);

        Assert.Equal(Many, seen.Count);
        Assert.Equal(seen.Distinct(), seen);
    }

    [Theory]
    [InlineData("ölander", "Zoë Ölander")]
    [InlineData("ZOË", "Zoë Ölander")]
    [InlineData("@zoë.öl", "Zoë Ölander")]
    [InlineData("zoe@river", "Zoë Ölander")]
    [InlineData("100%", "100% Wool")]
    [InlineData("100_", null)]
    [InlineData("'; drop table people; --", null)]
    public async Task People_are_found_by_part_of_name_handle_or_mail_address_whatever_the_case(string text, string? name)
    {
        await AddAsync([NewPerson("Zoë Ölander", email: "Zoe@riverside.example"), NewPerson("100% Wool"), NewPerson("1000 Words")]);

        Assert.Equal(name is null ? [] : [name], (await People.FindAsync(text, PeopleSelection.Everybody, after: null, Ct)).People.Select(p => p.Name));
    }

    [Fact]
    public async Task They_can_be_narrowed_to_administrators_guests_and_those_who_were_let_go()
    {
        var (administrator, guest, deactivated, banned) = (NewPerson("Nar Admin"), NewPerson("Nar Guest"), NewPerson("Nar Quiet"), NewPerson("Nar Gone"));
        (administrator.Role, guest.Role, deactivated.Standing, banned.Standing) = (Role.Administrator, Role.Guest, Standing.Deactivated, Standing.Banned);
        await AddAsync([administrator, guest, deactivated, banned, NewPerson("Nar Member")]);

        foreach (var (which, name) in new[] { (PeopleSelection.Administrators, "Nar Admin"), (PeopleSelection.Guests, "Nar Guest"), (PeopleSelection.Deactivated, "Nar Quiet"), (PeopleSelection.Banned, "Nar Gone"), (PeopleSelection.Members, "Nar Member") })
            Assert.Equal([name], (await People.FindAsync("nar", which, after: null, Ct)).People.Select(p => p.Name));
        Assert.Equal(5, (await People.FindAsync("nar", PeopleSelection.Everybody, after: null, Ct)).People.Count);
    }

    static Person NewPerson(string name, string? email = null)
    {
        var handle = Handle.From(name).Text;
        return new Person { DisplayName = name, UserName = handle, NormalizedUserName = PlainLine.Key(handle), Email = email, NormalizedEmail = email is null ? null : PlainLine.Key(email) };
    }

    async Task AddAsync(IEnumerable<Person> people)
    {
        await using var db = database.Database.NewContext();
        var known = db.Users.Select(p => p.NormalizedUserName).ToHashSet();
        db.AddRange(people.Where(p => !known.Contains(p.NormalizedUserName)));
        await db.SaveChangesAsync(Ct);
    }
}

public sealed class SqlitePeopleListTests(SqliteChatDatabase database) : PeopleListContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresPeopleListTests(PostgresChatDatabase database) : PeopleListContract(database), IClassFixture<PostgresChatDatabase>;
