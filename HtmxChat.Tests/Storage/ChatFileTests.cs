using System.Data.Common;
using HtmxChat.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Tests.Storage;

public sealed class ChatFileTests(SharedSite shared)
{
    const int Full = 2;

    static readonly string[] Settings = ["journal_mode", "synchronous", "foreign_keys"];

    [Fact]
    public async Task Our_own_connections_survive_a_power_loss_and_check_references()
    {
        await using var connection = await shared.Site.Services.GetRequiredService<ChatFile>().OpenAsync(Ct);

        Assert.Equal(["wal", $"{Full}", "1"], Settings.Select(s => Pragma(connection, s)));
    }

    [Fact]
    public async Task The_connections_of_EF_Core_are_set_up_alike()
    {
        await using var scope = shared.Site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
        await db.Database.OpenConnectionAsync(Ct);

        Assert.Equal(["wal", $"{Full}", "1"], Settings.Select(s => Pragma(db.Database.GetDbConnection(), s)));
    }

    [Fact]
    public async Task A_connection_that_was_used_before_is_set_up_again_for_whoever_opens_it()
    {
        await using var database = new SqliteChatDatabase();
        await database.InitializeAsync();

        await SpoilPooledConnectionAsync(database);
        await using (var ours = await database.File.OpenAsync(Ct)) Assert.Equal($"{Full}", Pragma(ours, "synchronous"));

        await SpoilPooledConnectionAsync(database);
        await using var db = database.Database.NewContext();
        await db.Database.OpenConnectionAsync(Ct);
        Assert.Equal($"{Full}", Pragma(db.Database.GetDbConnection(), "synchronous"));
    }

    [Fact]
    public async Task The_one_connection_that_writes_is_set_up_alike()
    {
        var writes = shared.Site.Services.GetRequiredService<GroupCommit>();

        var settings = await writes.WriteAsync(sql => Settings.Select(s => sql.First($"pragma {s}", row => row.GetValue(0).ToString())).ToList(), Ct);

        Assert.Equal(["wal", $"{Full}", "1"], settings);
    }

    [Fact]
    public async Task A_file_that_could_not_be_opened_is_opened_for_the_next_who_writes()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"htmxchat-{Guid.NewGuid():N}");
        using var writes = new GroupCommit(new ChatFile($"Data Source={folder}/chat.db;Pooling=False", folder), TimeProvider.System, NullLogger<GroupCommit>.Instance);
        await writes.StartAsync(Ct);
        await Assert.ThrowsAsync<SqliteException>(() => writes.WriteAsync(sql => sql.Execute("create table t (n)"), Ct).Soon());

        Directory.CreateDirectory(folder);

        await writes.WriteAsync(sql => sql.Execute("create table t (n)"), Ct).Soon();
        await writes.StopAsync(Ct);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_event_of_a_room_that_is_not_there_cannot_be_stored()
    {
        var writes = shared.Site.Services.GetRequiredService<GroupCommit>();

        var write = writes.WriteAsync(sql => sql.Execute("insert into events (room_id, seq, kind, message_seq) values (1000000, 1, 1, 1)"), Ct);

        Assert.Contains("FOREIGN KEY", (await Assert.ThrowsAsync<SqliteException>(() => write)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.51.2", false)]
    [InlineData("3.51.3", true)]
    [InlineData("3.53.0", true)]
    [InlineData("3.9.0", false)]
    public void A_SQLite_that_could_lose_a_committed_message_is_refused(string version, bool isSafe)
    {
        var refusal = Record.Exception(() => ChatFile.RefuseUnsafe(version));

        if (isSafe) Assert.Null(refusal);
        else Assert.Contains(version, Assert.IsType<StartRefusedException>(refusal).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_SQLite_that_comes_with_the_program_is_safe()
    {
        await using var connection = await shared.Site.Services.GetRequiredService<ChatFile>().OpenAsync(Ct);

        ChatFile.RefuseUnsafe(connection.ServerVersion);
    }

    [Fact]
    public void The_database_is_in_the_data_folder_unless_the_connection_string_says_otherwise()
    {
        Assert.Equal("/srv/chat/data/chat.db", new ChatFile(connectionString: null, "/srv/chat/data").Path);
        Assert.Equal("/var/lib/other.db", new ChatFile("Data Source=/var/lib/other.db", "/srv/chat/data").Path);
    }

    static async Task SpoilPooledConnectionAsync(SqliteChatDatabase database)
    {
        await using var connection = new SqliteConnection(database.File.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma synchronous=off";
        await command.ExecuteNonQueryAsync(Ct);
    }

    static string? Pragma(DbConnection connection, string name)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of three constants.
        command.CommandText = $"pragma {name}";
#pragma warning restore CA2100
        return command.ExecuteScalar()?.ToString();
    }
}
