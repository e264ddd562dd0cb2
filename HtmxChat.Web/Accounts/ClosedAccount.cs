using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Takes everything from an account but its number and its handle, which nobody else is given. Which tables and columns there are
/// is asked of the model, so that none that comes later is forgotten: what the database would delete with the person goes, and the
/// person's own row becomes that of somebody new. What they have handed out to others as an administrator is taken back.
/// </summary>
public sealed class ClosedAccount(Database database, TimeProvider time)
{
    /// <summary>What others read in place of the name.</summary>
    public const string Name = "Former member";

    readonly Lazy<Known> known = new(() => Known.Of(database));

    /// <summary>Closes an account for good, inside the transaction of a caller who has asked <see cref="LastAdministrator"/>.</summary>
    /// <returns>The sessions that have ended, to be announced after the commit.</returns>
    public IReadOnlyList<long> Store(SqlSession sql, PersonId person)
    {
        var handle = sql.First(
            $"select user_name, version from people where id = @id and standing <> {Standing.Former:D}",
            row => (Text: row.GetString(0), Version: row.GetInt64(1)) as (string Text, long Version)?, ("@id", person.Value));
        if (handle is not var (text, version)) return [];

        var sessions = sql.All("select id from sessions where person_id = @id", row => row.GetInt64(0), ("@id", person.Value));
        OutstandingLinks.TakeBackAll(sql, person, time.GetUtcNow());
        foreach (var deletion in known.Value.Deletions) sql.Execute(deletion, ("@id", person.Value));
        var former = new Person
        {
            Id = person.Value,
            UserName = text,
            NormalizedUserName = PlainLine.Key(text),
            DisplayName = Name,
            Standing = Standing.Former,
            SecurityStamp = Guid.NewGuid().ToString("N"), // Identity counts wrong passwords of nobody without one
            Version = version + 1,
        };
        sql.Execute(known.Value.Update, known.Value.Values(former));
        return sessions;
    }

    // Statements for the tables and columns that there are.
    sealed record Known(List<string> Deletions, string Update, List<IProperty> Columns)
    {
        public static Known Of(Database database)
        {
            using var db = database.NewContext();
            var person = db.Model.FindEntityType(typeof(Person))!;
            var columns = person.GetProperties().ToList();
            var deletions = person.GetReferencingForeignKeys().Where(k => k.DeleteBehavior == DeleteBehavior.Cascade)
                .Select(k => $"delete from {k.DeclaringEntityType.GetTableName()} where {k.Properties.Single().GetColumnName()} = @id");
            var update = $"update people set {string.Join(", ", columns.Where(c => !c.IsPrimaryKey()).Select(c => $"{c.GetColumnName()} = @{c.GetColumnName()}"))} where id = @id";
            return new Known([.. deletions], update, columns);
        }

        public (string Name, object? Value)[] Values(Person person) => [.. Columns.Select(c => ($"@{c.GetColumnName()}", Value(c.PropertyInfo!.GetValue(person))))];

        static object? Value(object? value) => value is Enum number ? Convert.ToInt32(number, System.Globalization.CultureInfo.InvariantCulture) : value;
    }
}
