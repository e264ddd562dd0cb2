using HtmxChat.Web.Storage;

namespace HtmxChat.Tests.Storage;

public sealed class PostgresDatabaseTests
{
    [Theory]
    [InlineData("Host=db;Username=chat", true)]
    [InlineData("Username=chat; host = db", true)]
    [InlineData("postgres://chat@db/chat", true)]
    [InlineData("postgresql://db", true)]
    [InlineData("Data Source=chat.db", false)]
    [InlineData("Data Source=/srv/Host=1/chat.db", false)]
    [InlineData(null, false)]
    public void The_connection_string_says_which_database_it_is(string? connectionString, bool isPostgres) =>
        Assert.Equal(isPostgres ? typeof(PostgresDatabase) : typeof(ChatFile), Database.Named(connectionString, "/srv/chat/data").GetType());

    [Fact]
    public void A_URL_says_the_same_as_the_words()
    {
        var settings = PostgresSettings.Read("postgres://chat%40home:p%3Aw@db.example:5433/rooms?sslmode=require&Maximum%20Pool%20Size=7");

        Assert.Equal(("db.example", 5433, "rooms", "chat@home", "p:w"), (settings.Host, settings.Port, settings.Database, settings.Username, settings.Password));
        Assert.Equal((Npgsql.SslMode.Require, 7), (settings.SslMode, settings.MaxPoolSize));
    }

    [Fact]
    public void What_the_connection_string_says_is_not_changed()
    {
        var settings = PostgresSettings.Read("Host=db;CommandTimeout=77;MaxPoolSize=90;Options=-c work_mem=8MB");

        Assert.Equal((77, 90, 5), (settings.CommandTimeout, settings.MaxPoolSize, settings.Timeout));
        Assert.EndsWith("-c work_mem=8MB", settings.Options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("14.11", false)]
    [InlineData("15.0", true)]
    [InlineData("18.1", true)]
    public void A_PostgreSQL_that_is_too_old_is_refused(string version, bool isGood)
    {
        var refusal = Record.Exception(() => PostgresDatabase.RefuseUnsafe(Version.Parse(version)));

        if (isGood) Assert.Null(refusal);
        else Assert.Contains(version, Assert.IsType<StartRefusedException>(refusal).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PostgreSQL_that_a_power_loss_would_rob_of_what_was_confirmed_is_refused()
    {
        Assert.Throws<StartRefusedException>(() => PostgresDatabase.RefuseUnsafe("fsync", "off"));
        PostgresDatabase.RefuseUnsafe("synchronous_commit", "remote_apply");
    }
}
